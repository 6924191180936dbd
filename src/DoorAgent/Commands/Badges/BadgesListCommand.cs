using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
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
            string Shown(BadgeEntry entry) => result.GetValue(full) ? entry.Badge.Number : entry.Badge.Hint;
            if (isJson)
            {
                JsonLine.Write(new { Badges = gallery.Badges.Select(
                    entry => new { entry.Person, Badge = Shown(entry), State = BadgeStateText.Of(entry.State) }) });
                return 0;
            }

            Table table = new Table().Border(TableBorder.Simple).AddColumns("person", "badge", "state");
            foreach (BadgeEntry entry in gallery.Badges)
                table.AddRow(Markup.Escape(entry.Person), Shown(entry), BadgeStateText.Of(entry.State));
            AnsiConsole.Write(table);
            return 0;
        });
        return command;
    }
}
