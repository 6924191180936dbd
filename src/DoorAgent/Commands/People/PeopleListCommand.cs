using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people list.</summary>
internal static class PeopleListCommand
{
    internal static Command Create()
    {
        Option<string?> find = new("--find") { Description = "Only people whose name contains this text, in any case." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", """
            Lists who is enrolled: whether they may enter now, else why not and when next, hours, dates, pictures and badges.

            The door's rules decide who may enter: validity, hours, and depending on the mode an active badge, a PIN and pictures of
            the encoder in use. The door that runs on these data tells who is locked out after failures.
            """) { find, json };
        command.SetAction(async (result, stopping) =>
        {
            bool isJson = result.GetValue(json);
            using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.ShowPlaces(result, isJson).GalleryFile);
            IReadOnlyList<PersonEntry> people = gallery.People;
            string part = NameSkeleton.Of(result.GetValue(find) ?? "").Small;
            PersonEntry[] shown = [.. people.Where(person => NameSkeleton.Of(person.Name).Small.Contains(part, StringComparison.Ordinal))];
            PeopleView view = new(AccessRules.OrNull(result, await RunningDoor.StatusOrNullAsync(result, stopping)),
                TimeProvider.System.GetUtcNow())
            {
                ReEnrolAfter = CommonOptions.SettingsOf(result).People.ReEnrolAfter,
                Group = gallery.Query(GalleryOrigin.GroupOf),
            };
            string encoder = gallery.Encoder?.Id ?? "not chosen yet";
            string rule = gallery.Rule is { } named ? $", compared by the rule {named.Name} ({named.Words})" : "";
            if (isJson)
            {
                JsonLine.Write(new { Encoder = gallery.Encoder?.Id, Rule = gallery.Rule?.Name, People = shown.Select(view.Json) });
                return 0;
            }

            AnsiConsole.Write(view.Table(shown));
            Console.WriteLine(
                $"{(shown.Length < people.Count ? $"{shown.Length} of " : "")}{people.Count} enrolled, encoder {encoder}{rule}");
            if (ReEnrolment.Words(view.Due(shown), view.ReEnrolAfter) is { } reminder)
                Console.WriteLine($"Enrol again: {reminder}. {ReEnrolment.Remedy}");
            return 0;
        });
        return command;
    }
}
