using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people add: enrols somebody, or a list of people.</summary>
internal static class PeopleAddCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME") { Description = "The person's name; not with --folder or --csv.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> badge = new("--badge") { Description = GalleryArguments.BadgeOrNext().Description };
        Option<bool> extended = new("--extended") { Description = "The door stays unlocked longer for this person (Doors:ExtendedAccessTime)." };
        Option<string?> folder = new("--folder") { Description = "Enrols many: a folder with one sub-folder a person, called as they are, with their pictures." };
        Option<string?> csv = new("--csv")
        {
            Description = "Enrols many: a CSV file in UTF-8 whose first line names its columns: name,badge,schedule,pictures,from,until,extended. "
                + "name and pictures (a folder, relative to the file) must be there; several badges have blanks between them.",
        };
        Option<bool> dryRun = new("--dry-run") { Description = "With --folder or --csv: shows what would be done, and writes nothing." };
        Option<bool> yes = new("--yes") { Description = "With --folder or --csv: writes without asking." };
        PictureSource source = new();
        Option<string?> encoder = GalleryArguments.Encoder();
        Command command = new("add", """
            Enrols a person from a folder of pictures or from a camera, and says of each picture what it found.

            Three to ten pictures in different light are good. Pictures of somebody else, blurred ones and the like are
            left out; a person whom the door could not tell from somebody enrolled is refused.
            With --camera it takes good and different pictures now and says what to do; all are written together, or none.
            With --folder or --csv it looks at everybody first, shows in a table who can be enrolled and why not the others, asks, and then writes those
            who can be together; without a terminal it writes only with --yes. Exit code 1 when somebody is left out.
            """) { name, badge, extended, encoder, folder, csv, dryRun, yes };
        source.AddTo(command, folder, csv);
        command.Validators.Add(result =>
        {
            bool isList = result.GetValue(folder) is not null || result.GetValue(csv) is not null;
            if (result.GetValue(folder) is not null && result.GetValue(csv) is not null)
                result.AddError("Either --folder or --csv.");
            else if (isList && (result.GetValue(name) is not null || result.GetValue(badge) is not null || result.GetValue(extended)))
                result.AddError("With --folder or --csv the list says who they are: no NAME, --badge or --extended.");
            else if (!isList && result.GetValue(name) is null)
                result.AddError("Say who: NAME; or many with --folder DIR or --csv FILE.");
            else if (!isList && (result.GetValue(dryRun) || result.GetValue(yes)))
                result.AddError("--dry-run and --yes need --folder or --csv.");
        });
        command.SetAction((result, cancellationToken) => Rows(result.GetValue(folder), result.GetValue(csv)) is { } rows
            ? Task.FromResult(ListEnrolmentWork.Run(result, rows, result.GetValue(encoder), result.GetValue(dryRun), result.GetValue(yes)))
            : AddAsync(result, PersonName.Parse(result.GetValue(name)!), source, result.GetValue(badge), result.GetValue(extended), result.GetValue(encoder), cancellationToken));
        return command;
    }

    private static IReadOnlyList<PersonRow>? Rows(string? folder, string? csv) =>
        folder is not null ? PeopleLists.OfFolder(folder) : csv is not null ? PeopleLists.OfCsv(csv) : null;

    private static async Task<int> AddAsync(
        ParseResult result, PersonName person, PictureSource source, string? badge, bool isExtended, string? encoder, CancellationToken cancellationToken)
    {
        // The name, and whether there are pictures and networks, before a card is taken at the door.
        Badge? card = null;
        return await EnrolmentWork.EnrolAsync(result, person.Text, source, path => new GalleryFile(path, TimeProvider.System), async gallery =>
        {
            gallery.RequireFree(person, null);
            card = badge is not null ? await OperatorWork.BadgeAsync(result, badge, cancellationToken) : null;
            gallery.RequireFree(person, card);
            return [];
        }, (enroller, pictures, progress) => enroller.Add(person, pictures, card, isExtended, progress), encoder, cancellationToken);
    }
}
