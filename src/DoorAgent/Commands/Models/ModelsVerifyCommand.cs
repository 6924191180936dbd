using System.CommandLine;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>dooragent models verify.</summary>
internal static class ModelsVerifyCommand
{
    internal static Command Create()
    {
        Argument<string?> id = new("ID") { Description = "A network's id; without it all whose files are here.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("verify", """
            Lets networks prove themselves, as they must before the door listens to them.

            The right file, a known answer, and faces of different people that stay apart. Exit code 0 when all may be used, 1 when one may not.
            """) { id };
        command.SetAction(result =>
        {
            ModelStore store = new(CommonOptions.ShowPlaces(result).ModelDirectories);
            IEnumerable<CatalogueEntry> entries = result.GetValue(id) is { } one
                ? [Catalogue.Embedded.Find(one)]
                : Catalogue.Embedded.Entries.Where(entry => store.Locate(entry) is not null);
            ModelCheck check = new(store, TimeProvider.System);
            bool isEveryOneGood = true;
            foreach (CatalogueEntry entry in entries)
                isEveryOneGood &= Show(check.Run(entry));
            return isEveryOneGood ? 0 : 1;
        });
        return command;
    }

    private static bool Show(CheckedModel model)
    {
        string proof = !model.Entry.HasFile ? "no network, so nothing to prove" : model.Entry.Task == ModelTask.Liveness ? "has no proof" : FormattableString.Invariant($"proven in {model.Proven.TotalMilliseconds:0} ms{(model.Off is { } off ? $", {off}" : "")}");
        Console.WriteLine(model.Refusal is { } why
            ? $"{model.Entry.Id}: refused. {why}"
            : FormattableString.Invariant($"{model.Entry.Id}: good, loaded in {model.Loaded.TotalMilliseconds:0} ms, ") + proof);
        return model.Refusal is null;
    }
}
