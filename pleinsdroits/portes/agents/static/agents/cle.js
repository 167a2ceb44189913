// Branche les clés d'allauth sur nos formulaires, sans script dans la page :
// <form data-cle="addForm" data-bouton="…" data-reponse="…"> ; sans script, rien de tout cela ne se montre.
'use strict'
document.querySelectorAll('.avec-script').forEach((bloc) => { bloc.hidden = false })
document.querySelectorAll('form[data-cle]').forEach((formulaire) => {
  const { cle, bouton, reponse, seule } = formulaire.dataset
  const ids = { login: bouton, authenticate: bouton, add: bouton, credential: reponse, passwordless: seule }
  if (document.getElementById('cle-options')) ids.data = 'cle-options'
  window.allauth.webauthn.forms[cle]({ ids })
})
document.addEventListener('allauth.error', (evenement) => {
  evenement.preventDefault()
  document.querySelectorAll('[data-echec]').forEach((message) => { message.hidden = false })
})
