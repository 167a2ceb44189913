"""essai"""
from django.http import HttpResponse
def commission(request):
    return HttpResponse()
