using System.CommandLine;
using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Commands.People;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet publish.</summary>
internal static class FleetPublishCommand
{
    internal static Command Create()
    {
        Argument<string[]> names = new("NAME") { Description = "Who is published; everybody in the office's gallery without a name.",
            Arity = ArgumentArity.ZeroOrMore };
        Option<string[]> groups = GroupsOption("The group that gets the people; without this option, every group in which they are already.");
        Option<string?> list = new("--list")
        {
            Description = "A CSV file as 'people add --csv' takes it, or a folder of folders: whoever is not in the office's gallery is enrolled "
                + "there first; then the people of the list are published.",
        };
        Option<bool> exact = new("--exact") { Description = "Whoever is in the group and is not published now is removed from the group." };
        Option<bool> dryRun = new("--dry-run") { Description = "Shows what would change, and changes nothing." };
        Option<bool> yes = new("--yes") { Description = "Enrols and removes without asking." };
        Command command = new("publish", """
            Brings people of the office's gallery to the doors of a group.

            The gallery is the one of --data. The plan is a table: who is added, changed and in what, removed, and who cannot travel and
            why; the others are published. Faces, badges, names, dates, hours and rules travel, sealed; PINs and pictures never do.
            What was decided and is not sent, because the hub is away or the command was killed, is sent by the next fleet command.
            Example: dooragent fleet publish --group lab --dry-run
            Exit code 1 when somebody cannot travel, or something is not sent yet.
            """) { names, groups, list, exact, dryRun, yes };
        command.Validators.Add(result =>
        {
            if (result.GetValue(list) is not null && result.GetValue(names) is { Length: > 0 })
                result.AddError("With --list the list names the people: leave out NAME.");
            if ((result.GetValue(exact) || result.GetValue(list) is not null) && result.GetValue(groups) is not { Length: > 0 })
                result.AddError("--exact and --list need --group.");
        });
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(names) ?? [], result.GetValue(groups) ?? [],
            result.GetValue(list), result.GetValue(exact), result.GetValue(dryRun), result.GetValue(yes), stopping));
        return command;
    }

    internal static Option<string[]> GroupsOption(string description) => new("--group")
    {
        Description = $"{description} May be given several times.", HelpName = "GROUP", Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static async Task<int> RunAsync(ParseResult result, string[] names, string[] groups, string? list, bool isExact, bool isDry,
        bool isAgreed, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        foreach (string group in groups)
            office.Groups.Require(group);
        string path = CommonOptions.PlacesOf(result).GalleryFile;
        int left = 0;
        if (list is null)
            Console.WriteLine($"data: {Path.GetDirectoryName(path)}");
        else
        {
            string[] hours = [.. groups.SelectMany(group => office.Groups.Require(group).Settings.Schedules.Keys)];
            (names, left) = Enrol(result, path, list, hours, isDry, isAgreed);
        }

        if (list is not null && names.Length == 0)
        {
            Console.WriteLine(isDry ? "Nobody on the list is in the gallery yet: whoever is enrolled would then be published."
                : "Nobody on the list is in the gallery, and nothing is published.");
            return left;
        }

        Publication publication = PlanOf(office, path, names, groups, isExact);
        PublicationView.Show(publication.Plans, publication.Others);
        int refused = publication.Plans.Any(plan => plan.Of(PlannedStep.Refused).Any()) ? 1 : left;
        if (isDry)
        {
            Console.WriteLine("Nothing was changed (--dry-run).");
            return refused;
        }

        int removed = publication.Plans.Sum(plan => plan.Of(PlannedStep.Removed).Count());
        if (removed > 0 && !isAgreed && !Confirmation.Asks(string.Create(CultureInfo.InvariantCulture, $"Remove {removed:N0} from these doors?")))
        {
            Console.WriteLine("Nothing was changed. With --yes people are removed without a question.");
            return 1;
        }

        foreach (OfficePublication made in publication.Decide())
            Console.WriteLine(FleetWords.Publication(made));
        bool isComplete = HubSession.Send(office, stopping);
        if (isComplete && Compaction.MayBeDue(office))
            await HubSession.RunAsync(office, hub => OfficeDesk.CompactAsync(office, hub, stopping), stopping);
        if (publication.Plans.Any(plan => !plan.IsEmpty))
            Console.WriteLine($"'dooragent fleet reached{string.Concat(groups.Select(group => $" --group {group}"))}' says which doors have it.");
        return isComplete ? refused : 1;
    }

    private static Publication PlanOf(FleetOffice office, string path, string[] names, string[] groups, bool isExact)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(path);
        string[] everybody = [.. gallery.People.Select(person => person.Name)];
        IReadOnlyList<GalleryPerson> people = WorkProgress.Show("reading", names.Length > 0 ? names.Length : everybody.Length, "people",
            progress => GalleryPeople.Read(gallery, names, progress));
        if (people.Count == 0 && !isExact)
            throw new UserErrorException($"Nobody is enrolled in {path}: 'dooragent people add' enrols people there; --data names another directory.");
        return Publication.Plan(office, groups, people, everybody, isExact);
    }

    /// <summary>Enrols whoever is not in the gallery yet; returns the names of the list's people who are in it then.</summary>
    private static (string[] Names, int Code) Enrol(ParseResult result, string path, string list, string[] schedules, bool isDry, bool isAgreed)
    {
        IReadOnlyList<PersonRow> rows = Directory.Exists(list) ? PeopleLists.OfFolder(list) : PeopleLists.OfCsv(list);
        HashSet<string> known = Known(path);
        PersonRow[] coming = [.. rows.Where(row => !known.Contains(PersonName.KeyOf(row.Name)))];
        int code = coming.Length == 0 ? 0 : ListEnrolmentRunner.Run(result, coming, encoder: null, isDry, isAgreed, schedules);
        known = Known(path);
        string[] names = [.. rows.Select(row => row.Name).Where(name => known.Contains(PersonName.KeyOf(name)))];
        return (names, !isDry && names.Length < rows.Count ? 1 : code);
    }

    private static HashSet<string> Known(string path)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(path);
        return [.. (gallery?.People ?? []).Select(person => PersonName.KeyOf(person.Name))];
    }
}
