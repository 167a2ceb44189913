// Les raccourcis que l'agent a voulus : « c » note un contact, « / » cherche. Jamais pendant une saisie ni avec Ctrl.
'use strict'
document.addEventListener('keydown', (frappe) => {
  const recherche = document.querySelector('[data-touche-c]')
  const saisit = frappe.target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]')
  if (!recherche || saisit || frappe.ctrlKey || frappe.metaKey || frappe.altKey) return
  if (frappe.key === 'c') location.assign(recherche.dataset.toucheC)
  if (frappe.key !== '/') return
  frappe.preventDefault()
  recherche.querySelector('input[type=search]').focus()
})
