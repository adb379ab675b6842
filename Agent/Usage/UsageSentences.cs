using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Usage;

internal static class UsageSentences
{
    public static readonly Sentence HelpFlag = new("show this help", "afficher cette aide");
    public static readonly Sentence VersionFlag = new("print the version", "afficher la version");
    public static readonly Sentence UsageTitle = new("Usage:", "Utilisation :");
    public static readonly Sentence VerbsTitle = new("Verbs:", "Verbes :");
    public static readonly Sentence ArgumentsTitle = new("Arguments:", "Arguments :");
    public static readonly Sentence FlagsTitle = new("Flags:", "Options :");
    public static readonly Sentence GlobalFlagsTitle = new("Flags of every verb:", "Options de tous les verbes :");
    public static readonly Sentence VerbPlace = new("<verb>", "<verbe>");
    public static readonly Sentence FlagsPlace = new("[flags]", "[options]");
    public static readonly Sentence Required = new("(required)", "(obligatoire)");

    public static readonly Sentence Hint = new("{0} Run \"backuponline {1}--help\" for what is possible.", "{0} « backuponline {1}--help » dit ce qui est possible.");
    public static readonly Sentence NoVerb = new("A verb is missing: {0}.", "Il manque un verbe : {0}.");
    public static readonly Sentence UnknownVerb = new("There is no verb \"{0}\".", "Il n'y a pas de verbe « {0} ».");
    public static readonly Sentence UnknownVerbNear = new("There is no verb \"{0}\"; did you mean \"{1}\"?", "Il n'y a pas de verbe « {0} » ; vouliez-vous dire « {1} » ?");
    public static readonly Sentence UnknownFlag = new(
        "There is no flag {0} here (a path that begins with a dash goes after --).",
        "Il n'y a pas d'option {0} ici (un chemin qui commence par un tiret se place après --).");
    public static readonly Sentence UnknownFlagNear = new(
        "There is no flag {0} here; did you mean {1}? (A path that begins with a dash goes after --.)",
        "Il n'y a pas d'option {0} ici ; vouliez-vous dire {1} ? (Un chemin qui commence par un tiret se place après --.)");
    public static readonly Sentence FlagMissing = new("The flag {0} is required: {1}.", "L'option {0} est obligatoire : {1}.");
    public static readonly Sentence ValueMissing = new("The flag {0} wants a value after it: {1}.", "L'option {0} attend une valeur après elle : {1}.");
    public static readonly Sentence GivenTwice = new("The flag {0} can be given only once.", "L'option {0} ne peut être donnée qu'une fois.");
    public static readonly Sentence ArgumentMissing = new("An argument is missing: {0}, {1}.", "Il manque un argument : {0}, {1}.");
    public static readonly Sentence EmptyValue = new("The value of {0} is empty.", "La valeur de {0} est vide.");
    public static readonly Sentence TooMuch = new("\"{0}\" is too much here.", "« {0} » est de trop ici.");
}
