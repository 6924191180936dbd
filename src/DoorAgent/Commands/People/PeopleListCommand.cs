using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people list.</summary>
internal static class PeopleListCommand
{
    internal static Command Create()
    {
        Option<string?> find = new("--find") { Description = "Only those whose name contains this, in any case." };
        Option<bool> json = GalleryArguments.Json();
        Command command = new("list", """
            Lists who is enrolled: whether they may enter now, else why not and when next, their hours, dates, pictures and badges.

            Who may enter is said by the rules of the door: validity, hours, and in its mode a badge in use, a PIN and pictures of the
            encoder in use. Who is locked out after failures is asked of the door that runs on these data.
            """) { find, json };
        command.SetAction(async (result, stopping) =>
        {
            bool isJson = result.GetValue(json);
            using GalleryFile gallery = GalleryFile.OpenToRead(GalleryWork.Told(result, isJson).GalleryFile);
            IReadOnlyList<PersonEntry> people = gallery.People;
            string part = NameSkeleton.Of(result.GetValue(find) ?? "").Small;
            PersonEntry[] shown = [.. people.Where(person => NameSkeleton.Of(person.Name).Small.Contains(part, StringComparison.Ordinal))];
            PeopleView view = new(GalleryWork.StandingsOf(result, await OperatorWork.RunningOrNoneAsync(result, stopping)), TimeProvider.System.GetUtcNow());
            string encoder = gallery.Encoder?.Name ?? "not chosen yet";
            if (isJson)
            {
                JsonLine.Write(new { Encoder = gallery.Encoder?.Name, People = shown.Select(view.Json) });
                return 0;
            }

            AnsiConsole.Write(view.Table(shown));
            Console.WriteLine($"{(shown.Length < people.Count ? $"{shown.Length} of " : "")}{people.Count} enrolled, encoder {encoder}");
            return 0;
        });
        return command;
    }
}
