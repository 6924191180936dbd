using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using Spectre.Console;

namespace DoorAgent.Commands.Badges;

/// <summary>Creates dooragent badges list.</summary>
internal static class BadgesListCommand
{
    internal static Command Create()
    {
        Option<bool> full = new(
            "--full") { Description = "Shows complete numbers. A badge number is as good as a key: do not leave it on the screen." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists badges with their owners and states, by format and last two digits.") { full, json };
        command.SetAction(result =>
        {
            bool isJson = result.GetValue(json);
            using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.ShowPlaces(result, isJson).GalleryFile);
            (string Person, string Badge, BadgeState State)[] badges = result.GetValue(full)
                ? [.. gallery.NumberedBadges.Select(entry => (entry.Person, entry.Badge.Number, entry.State))]
                : [.. gallery.Badges.Select(entry => (entry.Person, entry.Hint, entry.State))];
            if (isJson)
            {
                JsonLine.Write(new { Badges = badges.Select(
                    entry => new { entry.Person, entry.Badge, State = BadgeStateText.Of(entry.State) }) });
                return 0;
            }

            Table table = new Table().Border(TableBorder.Simple).AddColumns("person", "badge", "state");
            foreach ((string person, string badge, BadgeState state) in badges)
                table.AddRow(Markup.Escape(person), Markup.Escape(badge), BadgeStateText.Of(state));
            AnsiConsole.Write(table);
            return 0;
        });
        return command;
    }
}
