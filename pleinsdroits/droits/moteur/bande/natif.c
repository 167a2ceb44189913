/*
 * La machine qui rejoue une bande : une suite d'instructions sur des tableaux, bloc de foyers par bloc de foyers.
 *
 * Écrite une fois, compilée une fois : la bande est une donnée. Chaque opération suit numpy bit pour bit (voir calculs.py) ;
 * compiler avec -ffp-contract=off et sans -ffast-math. Aucune variable partagée : plusieurs fils peuvent appeler ensemble.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t b_t;
typedef int64_t i_t;
typedef float f_t;
typedef double d_t;

typedef struct {
    int32_t code, niveau, resultat, a, b, c; /* a, b, c : registres, ou constantes si l'opération le dit */
    int64_t x, y;                            /* rôle, table, diviseur… */
    double defaut;
} Instruction;

/* Un bloc de foyers. rang[e] : le groupe de chaque personne (numéro dans le lot) ; debut[e] : le premier du bloc. */
typedef struct {
    int64_t n[4], debut[4];
    const int64_t *rang[4];
    const int8_t *role[4];
} Bloc;

typedef struct {
    void **registres;
    const int64_t *constantes; /* les bits de chaque constante, dans son type */
    const void **tables;
    const int64_t *tailles;
    int erreur;
} Etat;

typedef void (*Operation)(Etat *, const Instruction *, const Bloc *);

#define V(T, arg) const T *restrict arg = (const T *)e->registres[k->arg]
#define S(T, arg) T arg; memcpy(&arg, &e->constantes[k->arg], sizeof(T))
#define R(T) T *restrict r = (T *)e->registres[k->resultat]
#define BOUCLE const int64_t n = q->n[k->niveau]; for (int64_t j = 0; j < n; j++)
#define OPERATION(nom) static void nom(Etat *e, const Instruction *k, const Bloc *q)

#define UNAIRE(nom, T, TR, expression) \
    OPERATION(nom) { V(T, a); R(TR); BOUCLE { const T x = a[j]; r[j] = (TR)(expression); } }
#define BINAIRE(nom, T, TR, expression) \
    OPERATION(nom##_vv) { V(T, a); V(T, b); R(TR); BOUCLE { const T x = a[j], y = b[j]; r[j] = (TR)(expression); } } \
    OPERATION(nom##_vs) { V(T, a); S(T, b); R(TR); BOUCLE { const T x = a[j], y = b; r[j] = (TR)(expression); } } \
    OPERATION(nom##_sv) { S(T, a); V(T, b); R(TR); BOUCLE { const T x = a, y = b[j]; r[j] = (TR)(expression); } }
#define CHOIX(T) \
    OPERATION(choix_##T##_vvv) { V(b_t, a); V(T##_t, b); V(T##_t, c); R(T##_t); BOUCLE r[j] = a[j] ? b[j] : c[j]; } \
    OPERATION(choix_##T##_vsv) { V(b_t, a); S(T##_t, b); V(T##_t, c); R(T##_t); BOUCLE r[j] = a[j] ? b : c[j]; } \
    OPERATION(choix_##T##_vvs) { V(b_t, a); V(T##_t, b); S(T##_t, c); R(T##_t); BOUCLE r[j] = a[j] ? b[j] : c; } \
    OPERATION(choix_##T##_vss) { V(b_t, a); S(T##_t, b); S(T##_t, c); R(T##_t); BOUCLE r[j] = a[j] ? b : c; }

/* numpy : le premier s'il est le plus grand ou n'est pas un nombre, sinon le second */
#define REELS(T, RINT, FLOOR, CEIL, FABS) \
    BINAIRE(plus_##T, T##_t, T##_t, x + y) \
    BINAIRE(moins_##T, T##_t, T##_t, x - y) \
    BINAIRE(fois_##T, T##_t, T##_t, x * y) \
    BINAIRE(divise_##T, T##_t, T##_t, x / y) \
    BINAIRE(plus_grand_##T, T##_t, T##_t, (x >= y || x != x) ? x : y) \
    BINAIRE(plus_petit_##T, T##_t, T##_t, (x <= y || x != x) ? x : y) \
    UNAIRE(oppose_##T, T##_t, T##_t, -x) \
    UNAIRE(absolu_##T, T##_t, T##_t, FABS(x)) \
    UNAIRE(arrondi_##T, T##_t, T##_t, RINT(x)) \
    UNAIRE(plancher_##T, T##_t, T##_t, FLOOR(x)) \
    UNAIRE(plafond_##T, T##_t, T##_t, CEIL(x))
#define COMPARER(T) \
    BINAIRE(inferieur_##T, T##_t, b_t, x < y) \
    BINAIRE(inferieur_egal_##T, T##_t, b_t, x <= y) \
    BINAIRE(egal_##T, T##_t, b_t, x == y) \
    BINAIRE(different_##T, T##_t, b_t, x != y)

REELS(f, rintf, floorf, ceilf, fabsf)
REELS(d, rint, floor, ceil, fabs)
COMPARER(f) COMPARER(d) COMPARER(i) COMPARER(b)
CHOIX(f) CHOIX(d) CHOIX(i) CHOIX(b)
BINAIRE(plus_i, i_t, i_t, x + y)
BINAIRE(moins_i, i_t, i_t, x - y)
BINAIRE(fois_i, i_t, i_t, x * y)
BINAIRE(plus_grand_i, i_t, i_t, x >= y ? x : y)
BINAIRE(plus_petit_i, i_t, i_t, x <= y ? x : y)
UNAIRE(oppose_i, i_t, i_t, -x)
BINAIRE(et_b, b_t, b_t, x & y)
BINAIRE(ou_b, b_t, b_t, x | y)
UNAIRE(non_b, b_t, b_t, x ^ 1)
UNAIRE(convertir_b_i, b_t, i_t, x) UNAIRE(convertir_b_f, b_t, f_t, x) UNAIRE(convertir_b_d, b_t, d_t, x)
UNAIRE(convertir_i_b, i_t, b_t, x != 0) UNAIRE(convertir_i_f, i_t, f_t, x) UNAIRE(convertir_i_d, i_t, d_t, x)
UNAIRE(convertir_f_b, f_t, b_t, x != 0) UNAIRE(convertir_f_i, f_t, i_t, x) UNAIRE(convertir_f_d, f_t, d_t, x)
UNAIRE(convertir_d_b, d_t, b_t, x != 0) UNAIRE(convertir_d_i, d_t, i_t, x) UNAIRE(convertir_d_f, d_t, f_t, x)

static int64_t division(int64_t x, int64_t y) { /* vers le bas, comme numpy (y > 0) */
    const int64_t q = x / y;
    return q - (x % y < 0);
}

static int64_t mois_civil(int64_t jours) { /* calendrier grégorien, jours et mois comptés depuis janvier 1970 */
    const int64_t z = jours + 719468, ere = division(z, 146097), jour_ere = z - ere * 146097;
    const int64_t an_ere = (jour_ere - jour_ere / 1460 + jour_ere / 36524 - jour_ere / 146096) / 365;
    const int64_t jour_an = jour_ere - (365 * an_ere + an_ere / 4 - an_ere / 100);
    const int64_t depuis_mars = (5 * jour_an + 2) / 153;
    return (ere * 400 + an_ere) * 12 + depuis_mars + 2 - 1970 * 12;
}

OPERATION(quotient_i) { V(i_t, a); R(i_t); BOUCLE r[j] = division(a[j] * k->x, k->y); }
OPERATION(mois_civil_i) { V(i_t, a); R(i_t); BOUCLE r[j] = mois_civil(a[j]); }

#define TABLE(T) \
    OPERATION(table_##T) { \
        V(i_t, a); R(T##_t); \
        const T##_t *table = (const T##_t *)e->tables[k->x]; \
        const uint64_t taille = (uint64_t)e->tailles[k->x]; \
        BOUCLE { \
            const int dedans = (uint64_t)a[j] < taille; \
            e->erreur |= !dedans; \
            r[j] = table[dedans ? a[j] : 0]; \
        } \
    }
TABLE(f) TABLE(d) TABLE(i) TABLE(b)

/* --- qui est dans quel groupe ; k->x : l'entité, k->y : le masque des rôles ou le numéro --- */
#define GROUPES const int64_t *restrict rang = q->rang[k->niveau]; const int64_t debut = q->debut[k->niveau]; \
    const int8_t *restrict role = q->role[k->x]; const int64_t n = q->n[k->niveau], personnes = q->n[0]
#define TIENT(j) ((1 << role[j]) & k->y)

OPERATION(a_role_b) { const int8_t *role = q->role[k->x]; R(b_t); BOUCLE r[j] = TIENT(j) != 0; }

OPERATION(nombre_i) {
    GROUPES; R(i_t);
    for (int64_t g = 0; g < n; g++) r[g] = 0;
    for (int64_t j = 0; j < personnes; j++) if (TIENT(j)) r[rang[j] - debut]++;
}

#define PROJETER(T) OPERATION(projeter_##T) { \
    V(T##_t, a); R(T##_t); const int64_t *restrict rang = q->rang[k->x]; const int64_t debut = q->debut[k->x]; \
    BOUCLE r[j] = a[rang[j] - debut]; }
PROJETER(f) PROJETER(d) PROJETER(i) PROJETER(b)

OPERATION(somme_v) {
    GROUPES; V(d_t, a); R(d_t);
    for (int64_t g = 0; g < n; g++) r[g] = 0;
    for (int64_t j = 0; j < personnes; j++) if (TIENT(j)) r[rang[j] - debut] += a[j];
}
OPERATION(somme_s) {
    GROUPES; S(d_t, a); R(d_t);
    for (int64_t g = 0; g < n; g++) r[g] = 0;
    for (int64_t j = 0; j < personnes; j++) if (TIENT(j)) r[rang[j] - debut] += a;
}

#define REDUIRE(nom, T, neutre, expression) OPERATION(nom) { \
    GROUPES; V(T, a); R(T); \
    for (int64_t g = 0; g < n; g++) r[g] = neutre; \
    for (int64_t j = 0; j < personnes; j++) if (TIENT(j)) { \
        const T x = r[rang[j] - debut], y = a[j]; r[rang[j] - debut] = (expression); } }
REDUIRE(maximum_de_d, d_t, -INFINITY, (x >= y || x != x) ? x : y)
REDUIRE(minimum_de_d, d_t, INFINITY, (x <= y || x != x) ? x : y)
REDUIRE(tous_b, b_t, 1, x & y)

#define DE_ROLE(T) \
    OPERATION(de_role_##T##_v) { GROUPES; V(T##_t, a); R(T##_t); \
        for (int64_t g = 0; g < n; g++) r[g] = (T##_t)k->defaut; \
        for (int64_t j = 0; j < personnes; j++) if (TIENT(j)) r[rang[j] - debut] = a[j]; } \
    OPERATION(de_role_##T##_s) { GROUPES; S(T##_t, a); R(T##_t); \
        for (int64_t g = 0; g < n; g++) r[g] = (T##_t)k->defaut; \
        for (int64_t j = 0; j < personnes; j++) if (TIENT(j)) r[rang[j] - debut] = a; }
DE_ROLE(f) DE_ROLE(d) DE_ROLE(i) DE_ROLE(b)

/* Le rang dans le groupe (k->x) par critère croissant ; à égalité, le premier arrivé. -1 hors condition. */
OPERATION(rang_vv) {
    V(d_t, a); V(b_t, b); R(i_t);
    const int64_t *restrict rang = q->rang[k->x];
    BOUCLE {
        int64_t avant = 0;
        if (b[j]) for (int64_t i = 0; i < n; i++)
            avant += rang[i] == rang[j] && b[i] && (a[i] < a[j] || (a[i] == a[j] && i < j));
        r[j] = b[j] ? avant : -1;
    }
}

#define TROIS(nom) {#nom "_vv", nom##_vv}, {#nom "_vs", nom##_vs}, {#nom "_sv", nom##_sv}
#define DES_REELS(T) TROIS(plus_##T), TROIS(moins_##T), TROIS(fois_##T), TROIS(divise_##T), TROIS(plus_grand_##T), \
    TROIS(plus_petit_##T), {"oppose_" #T, oppose_##T}, {"absolu_" #T, absolu_##T}, {"arrondi_" #T, arrondi_##T}, {"plancher_" #T, plancher_##T}, \
    {"plafond_" #T, plafond_##T}
#define DE_CHAQUE(T) TROIS(inferieur_##T), TROIS(inferieur_egal_##T), TROIS(egal_##T), TROIS(different_##T), \
    {"choix_" #T "_vvv", choix_##T##_vvv}, {"choix_" #T "_vsv", choix_##T##_vsv}, \
    {"choix_" #T "_vvs", choix_##T##_vvs}, {"choix_" #T "_vss", choix_##T##_vss}, {"table_" #T, table_##T}, \
    {"projeter_" #T, projeter_##T}, {"de_role_" #T "_v", de_role_##T##_v}, {"de_role_" #T "_s", de_role_##T##_s}
#define SEUL(nom) {#nom, nom}

static const struct { const char *nom; Operation faire; } OPERATIONS[] = {
    DES_REELS(f), DES_REELS(d), DE_CHAQUE(f), DE_CHAQUE(d), DE_CHAQUE(i), DE_CHAQUE(b),
    TROIS(plus_i), TROIS(moins_i), TROIS(fois_i), TROIS(plus_grand_i), TROIS(plus_petit_i), SEUL(oppose_i),
    TROIS(et_b), TROIS(ou_b), SEUL(non_b), SEUL(quotient_i), SEUL(mois_civil_i),
    SEUL(convertir_b_i), SEUL(convertir_b_f), SEUL(convertir_b_d), SEUL(convertir_i_b), SEUL(convertir_i_f),
    SEUL(convertir_i_d), SEUL(convertir_f_b), SEUL(convertir_f_i), SEUL(convertir_f_d), SEUL(convertir_d_b),
    SEUL(convertir_d_i), SEUL(convertir_d_f),
    SEUL(a_role_b), SEUL(nombre_i), SEUL(somme_v), SEUL(somme_s), SEUL(maximum_de_d), SEUL(minimum_de_d), SEUL(tous_b),
    SEUL(rang_vv),
};

/* Le nom de l'opération numéro ``code``, ou rien : c'est ainsi que Python apprend les codes. */
const char *nom_d_operation(int32_t code) {
    return code >= 0 && code < (int32_t)(sizeof OPERATIONS / sizeof OPERATIONS[0]) ? OPERATIONS[code].nom : NULL;
}

/*
 * Rejoue la bande. registres : les ``fixes`` premiers pointent dans les entrées et les sorties du lot (pas[i] octets par
 * case, niveau[i] leur entité), les suivants dans un plan de travail. bornes[4 * bloc + entité] : le premier de chaque
 * entité dans chaque bloc. Rend 0, 1 si la mémoire manque, 2 si une table est lue hors de ses bornes.
 */
int32_t rejouer(const Instruction *instructions, int64_t combien, const int64_t *constantes, const void **tables,
                const int64_t *tailles, char **fixes, const int32_t *niveaux, const int32_t *pas, int64_t nombre_fixes,
                int64_t nombre_de_travail, const int64_t *bornes, int64_t blocs, const int64_t *const *rangs,
                const int8_t *const *roles) {
    int64_t large = 1;
    for (int64_t q = 0; q < blocs; q++)
        for (int e = 0; e < 4; e++)
            if (bornes[4 * (q + 1) + e] - bornes[4 * q + e] > large) large = bornes[4 * (q + 1) + e] - bornes[4 * q + e];
    const int64_t pas_de_travail = ((8 * large + 63) / 64) * 64 + 64; /* décalé : deux registres ne se gênent pas en cache */
    char *travail = malloc((size_t)(pas_de_travail * (nombre_de_travail + 1)));
    void **registres = malloc(sizeof(void *) * (size_t)(nombre_fixes + nombre_de_travail + 1));
    if (!travail || !registres) { free(travail); free(registres); return 1; }
    for (int64_t i = 0; i < nombre_de_travail; i++) registres[nombre_fixes + i] = travail + i * pas_de_travail;
    Etat etat = {registres, constantes, tables, tailles, 0};
    for (int64_t q = 0; q < blocs; q++) {
        Bloc bloc;
        for (int e = 0; e < 4; e++) {
            bloc.debut[e] = bornes[4 * q + e];
            bloc.n[e] = bornes[4 * (q + 1) + e] - bornes[4 * q + e];
            bloc.rang[e] = e ? rangs[e] + bornes[4 * q] : NULL;
            bloc.role[e] = e ? roles[e] + bornes[4 * q] : NULL;
        }
        for (int64_t i = 0; i < nombre_fixes; i++) registres[i] = fixes[i] + bloc.debut[niveaux[i]] * pas[i];
        for (int64_t i = 0; i < combien; i++) OPERATIONS[instructions[i].code].faire(&etat, &instructions[i], &bloc);
    }
    free(travail); free(registres);
    return etat.erreur ? 2 : 0;
}
