"""La porte des agents."""

app_name = "agents"
urlpatterns: list = []
