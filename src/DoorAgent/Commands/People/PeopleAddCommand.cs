using System.CommandLine;
using DoorAgent.Commands.Badges;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people add, which enrols one person or a list of people.</summary>
internal static class PeopleAddCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME") { Description = "The person's name; not with --folder or --csv.",
            Arity = ArgumentArity.ZeroOrOne };
        Option<string?> badge = new("--badge") { Description = BadgeArgument.FormOrNext };
        Option<bool> extended =
            new("--extended") { Description = "The door stays unlocked longer for this person (Doors:ExtendedAccessTime)." };
        Option<string?> folder = new("--folder") { Description = "Enrols many people: a folder with one sub-folder for each person, "
            + "named after the person, with their pictures." };
        Option<string?> csv = new("--csv")
        {
            Description = "Enrols many people: a CSV file in UTF-8 whose first line names its columns: "
                + "name,badge,schedule,pictures,from,until,extended,consent,lockdown,two-person,hosts. "
                + "name and pictures (a folder, relative to the file) are required; several badges are separated by blanks, "
                + "several hosts by +.",
        };
        Option<bool> dryRun = new("--dry-run") { Description = "With --folder or --csv: shows what would be done and writes nothing." };
        Option<bool> yes = new("--yes") { Description = "With --folder or --csv: writes without asking." };
        Option<string?> consent = new("--consent")
        {
            Description = "The person agreed to be enrolled on this day, such as 2026-03-31; today without a day ('people consent').",
            Arity = ArgumentArity.ZeroOrOne,
        };
        PictureSource source = new();
        Option<string?> encoder = PersonArguments.Encoder();
        Command command = new("add", """
            Enrols a person from a folder of pictures or from a camera, and reports on each picture.

            Three to ten pictures in different light are good. Pictures of somebody else, blurred pictures and the like are
            left out; a person whom the door could not tell from somebody enrolled is refused.
            With --camera the command takes good and different pictures now and gives instructions; all are written together, or none.
            With --folder or --csv the command checks everybody first, shows in a table who can be enrolled and why the others
            cannot, asks, and then writes all of those together; without a terminal only with --yes. Exit code 1 when somebody
            is left out.
            """) { name, badge, extended, consent, encoder, folder, csv, dryRun, yes };
        source.AddTo(command, folder, csv);
        command.Validators.Add(result =>
        {
            bool isList = result.GetValue(folder) is not null || result.GetValue(csv) is not null;
            if (result.GetValue(folder) is not null && result.GetValue(csv) is not null)
                result.AddError("Either --folder or --csv.");
            else if (isList && (result.GetValue(name) is not null || result.GetValue(badge) is not null || result.GetValue(extended)
                || result.GetResult(consent) is not null))
                result.AddError("With --folder or --csv the list names the people: leave out NAME, --badge, --extended and --consent.");
            else if (!isList && result.GetValue(name) is null)
                result.AddError("Give NAME, or many people with --folder DIR or --csv FILE.");
            else if (!isList && (result.GetValue(dryRun) || result.GetValue(yes)))
                result.AddError("--dry-run and --yes need --folder or --csv.");
        });
        command.SetAction((result, cancellationToken) => Rows(result.GetValue(folder), result.GetValue(csv)) is { } rows
            ? Task.FromResult(ListEnrolmentRunner.Run(result, rows, result.GetValue(encoder), result.GetValue(dryRun),
            result.GetValue(yes)))
            : AddAsync(result, PersonName.Parse(result.GetValue(name)!), source, result.GetValue(badge), result.GetValue(extended),
            result.GetValue(encoder), PeopleConsentCommand.Of(result, consent), cancellationToken));
        return command;
    }

    private static IReadOnlyList<PersonRow>? Rows(string? folder, string? csv) =>
        folder is not null ? PeopleLists.OfFolder(folder) : csv is not null ? PeopleLists.OfCsv(csv) : null;

    private static async Task<int> AddAsync(
        ParseResult result, PersonName person, PictureSource source, string? badge, bool isExtended, string? encoder,
            Consent? consent, CancellationToken cancellationToken)
    {
        // Name, pictures and networks are checked before a badge is read at the door.
        Badge? card = null;
        return await EnrolmentRunner.EnrolAsync(result, person.Text, source, path => new GalleryFile(path, TimeProvider.System),
            async gallery =>
        {
            gallery.RequireFree(person, null);
            card = badge is not null ? await BadgeArgument.ResolveAsync(result, badge, cancellationToken) : null;
            gallery.RequireFree(person, card);
            return [];
        }, (enroller, pictures, progress) => enroller.Add(person, pictures, card, isExtended, progress, consent), encoder,
            cancellationToken);
    }
}
