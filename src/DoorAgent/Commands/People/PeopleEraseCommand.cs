using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Privacy;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people erase.</summary>
internal static class PeopleEraseCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Option<bool> dryRun = new("--dry-run")
        {
            Description = "Shows what would be erased, and what would not be reached, and changes nothing.",
        };
        Option<bool> yes = new("--yes") { Description = "Erases without asking." };
        Command command = new("erase", """
            Erases a person at this door: gallery, kept faces and pictures, and the name in journal, log files and copies.

            The journal's records stay, with the person's number and without a name. Somebody who was removed earlier, and whose
            name only the journal has, is erased too. The plan is shown first; the end lists what was not reached, with what to do
            there. After an interruption run the same command again: it does what is left. A running door follows by itself.
            Exit code 1 when nothing was erased, or a file still contains the name.
            Example: dooragent people erase anna --dry-run
            """) { name, dryRun, yes };
        command.SetAction((result, stopping) => RunAsync(result, result.GetRequiredValue(name), result.GetValue(dryRun),
            result.GetValue(yes), stopping));
        return command;
    }

    internal static async Task<int> RunAsync(ParseResult result, string name, bool isDry, bool isAgreed, CancellationToken stopping)
    {
        Places places = CommonOptions.ShowPlaces(result);
        Galleries.GalleryCopy.DeleteLeftovers(places.Data, TimeProvider.System);
        KnownPerson person = KnownPerson.Find(places, name);
        string[] configuration = CommonOptions.SettingsFileOf(result) is { } file ? [file, new SettingsPlace(file).Backup] : [];
        Erasure erasure = new(places, person, configuration.Concat(CommonOptions.SettingsOf(result).Serilog.WrittenFiles), TimeProvider.System);
        IReadOnlyList<ErasureStep> plan = erasure.Plan();
        IReadOnlyList<UnreachedPlace> unreached = erasure.Unreached();
        RequireKnown(person, plan, unreached, places);
        if (plan.Count == 0)
        {
            Console.WriteLine($"Nothing is left to erase of {person.Name}. Not reached:");
            Show(unreached.Select(place => (place.Where, place.Next)));
            return ExitCode(unreached);
        }

        Console.WriteLine($"To erase of {string.Join(", formerly ", person.Names)}:");
        Show(plan.Select(step => (step.What, step.Where)));
        if (isDry || !isAgreed && !Confirmation.Asks($"This cannot be undone. Erase {person.Name}?"))
        {
            Console.WriteLine($"Nothing was erased{(isDry ? " (--dry-run)" : "; with --yes it is, without a question")}. Not reached would be:");
            Show(unreached.Select(place => (place.Where, place.Next)));
            return isDry ? 0 : 1;
        }

        await erasure.RunAsync(plan, step => Console.WriteLine($"erased: {step.What} ({step.Where})"), stopping);
        Console.WriteLine("Done. Not reached:");
        unreached = erasure.Unreached();
        Show(unreached.Select(place => (place.Where, place.Next)));
        return ExitCode(unreached);
    }

    private static int ExitCode(IEnumerable<UnreachedPlace> unreached) => unreached.Any(place => File.Exists(place.Where)) ? 1 : 0;

    // Two places are always named, whoever is meant; a file with the name is a trace of somebody.
    private static void RequireKnown(KnownPerson person, IReadOnlyList<ErasureStep> plan, IReadOnlyList<UnreachedPlace> unreached,
        Places places)
    {
        bool hasTraces = plan.Any(step => !step.IsForEverybody) || unreached.Any(place => File.Exists(place.Where));
        if (!person.IsKnown && !hasTraces)
        {
            throw new UserErrorException($"Nothing is known of anybody called {person.Called}: the gallery, the journal, the log and the "
                + $"other files in {places.Data} do not contain that name. 'dooragent people list' shows who is enrolled.");
        }
    }

    private static void Show(IEnumerable<(string, string)> lines)
    {
        foreach ((string first, string second) in lines)
            Console.WriteLine($"  {first}: {second}");
    }
}
