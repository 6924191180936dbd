using System.CommandLine;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models verify.</summary>
internal static class ModelsVerifyCommand
{
    internal static Command Create()
    {
        Argument<string?> id = new("ID") { Description = "A network's id; without it, all networks whose files are here.",
            Arity = ArgumentArity.ZeroOrOne };
        Command command = new("verify", """
            Proves networks, as the door does before it uses them.

            Checks that the file is the right one, that a known input gives the known output, and that faces of different people
            stay apart. Exit code 0 when all may be used, 1 when one may not.
            """) { id };
        command.SetAction(result =>
        {
            ModelStore store = new(CommonOptions.ShowPlaces(result).ModelDirectories);
            IEnumerable<CatalogueEntry> entries = result.GetValue(id) is { } one
                ? [store.Catalogue.Find(one)]
                : store.Catalogue.Entries.Where(store.IsHere);
            ModelCheck check = new(store, TimeProvider.System);
            bool areAllGood = true;
            foreach (string unusable in result.GetValue(id) is null ? store.Catalogue.Unusable : [])
            {
                areAllGood = false;
                Console.WriteLine(unusable);
            }

            foreach (CatalogueEntry entry in entries)
                areAllGood &= Show(check.Run(entry));
            return areAllGood ? 0 : 1;
        });
        return command;
    }

    private static bool Show(CheckedModel model)
    {
        string proof = !model.Entry.HasFile && !model.Entry.IsComposite ? "no network, so nothing to prove"
            : FormattableString.Invariant($"proven in {model.Proven.TotalMilliseconds:0} ms{(model.Off is { } off ? $", {off}" : "")}");
        Console.WriteLine(model.Refusal is { } why
            ? $"{model.Entry.Id}: refused. {why}"
            : FormattableString.Invariant($"{model.Entry.Id}: good, loaded in {model.Loaded.TotalMilliseconds:0} ms, ") + proof);
        return model.Refusal is null;
    }
}
