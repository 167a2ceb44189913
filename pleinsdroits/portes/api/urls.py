"""La porte des logiciels."""

app_name = "api"
urlpatterns: list = []
