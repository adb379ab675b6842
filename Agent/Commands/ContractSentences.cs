using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class ContractSentences
{
    public static readonly Sentence Verb = new("show the contract: term, renewal, notice, credits", "afficher le contrat : durée, reconduction, préavis, avoirs");
    public static readonly Sentence NotEnrolled = new(
        "This machine is not enrolled, so no contract is known here. Enrol it first: backuponline enroll --server URL",
        "Cette machine n'est pas inscrite, aucun contrat n'est donc connu ici. Inscrivez-la d'abord : backuponline enroll --server URL");
    public static readonly Sentence Away = new(
        "The service's door at {0} does not answer: {1}. Try again later.",
        "La porte du service {0} ne répond pas : {1}. Réessayez plus tard.");
    public static readonly Sentence None = new(
        "No contract is ordered for {0} yet. Ask the provider.",
        "Aucun contrat n'est encore commandé pour {0}. Adressez-vous au prestataire.");
    public static readonly Sentence Refused = new("The service does not show the contract: {0}", "Le service n'affiche pas le contrat : {0}");
    public static readonly Sentence Standing = new("Contract of {0}: {1}", "Contrat de {0} : {1}");
    public static readonly Sentence Suspended = new("The service is suspended. Call the hotline.", "Le service est suspendu. Appelez l'assistance.");
    public static readonly Sentence Period = new("Period {0}: from {1} to {2} (not included), {3}", "Période {0} : du {1} au {2} (non compris), {3}");
    public static readonly Sentence Renews = new(
        "Renews tacitly on {0}; last day for a notice: {1}",
        "Reconduction tacite le {0} ; dernier jour pour résilier : {1}");
    public static readonly Sentence Ends = new("Ends on {0}", "Prend fin le {0}");
    public static readonly Sentence MayLeave = new(
        "The renewal was not announced in time: it can be ended at any moment, with a refund of what is left.",
        "La reconduction n'a pas été annoncée à temps : le contrat peut être résilié à tout moment, avec remboursement du reste.");
    public static readonly Sentence Credits = new("Credited for unavailability so far (h:mm:ss): {0}", "Avoirs pour indisponibilité à ce jour (h:mm:ss) : {0}");
    public static readonly Sentence Cap = new("Liability is limited to the price of the period: {0}", "Responsabilité limitée au prix de la période : {0}");

    /// <summary>The door's word in a person's.</summary>
    public static Sentence StandingOf(string word) => word switch
    {
        "ordered" => new("ordered, the first payment is awaited", "commandé, en attente du premier paiement"),
        "withdrawn" => new("the order was withdrawn", "commande retirée"),
        "active" => new("active", "actif"),
        "renewed" => new("active, tacitly renewed", "actif, reconduit tacitement"),
        "noticeGiven" => new("active, notice was given", "actif, résiliation demandée"),
        "transition" => new("over, in transition", "terminé, en transition"),
        "retrieval" => new("over, the data can still be fetched", "terminé, les données peuvent encore être récupérées"),
        "erasureDue" => new("over, the data has to be erased", "terminé, les données doivent être effacées"),
        "erased" => new("over, the data is erased", "terminé, données effacées"),
        _ => new(word, word),
    };
}
