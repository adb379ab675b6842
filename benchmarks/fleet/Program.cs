using System.Globalization;
using BackupOnline.Fleet;

var arguments = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal);
var model = new FleetModel
{
    Tenants = Number("--tenants", 200),
    Months = Number("--months", 12),
    Seed = Number("--seed", 2026),
};
var report = FleetReport.Make(model, Variant.All, message => Console.Error.WriteLine(message));
Console.Out.Write(report.ToMarkdown());
if (arguments.TryGetValue("--picture", out var picture)) File.WriteAllText(picture, FleetPicture.Draw(report));

int Number(string name, int otherwise) => arguments.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
