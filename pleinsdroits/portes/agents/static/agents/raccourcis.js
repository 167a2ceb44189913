// Ctrl+Entrée enregistre la page, où que soit le curseur. Sans script, le bouton fait pareil.
'use strict'
document.addEventListener('keydown', (frappe) => {
  const bouton = document.querySelector('[data-ctrl-entree]')
  if (!bouton || frappe.key !== 'Enter' || !(frappe.ctrlKey || frappe.metaKey)) return
  frappe.preventDefault()
  bouton.form.requestSubmit(bouton)
})
