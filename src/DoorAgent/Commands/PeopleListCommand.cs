using System.CommandLine;
using DoorAgent.People;
using Spectre.Console;

namespace DoorAgent.Commands;

/// <summary>dooragent people list.</summary>
internal static class PeopleListCommand
{
    internal static Command Create()
    {
        Command command = new("list", "Lists who is enrolled, with the hours, dates and the number of their pictures and badges.");
        command.SetAction(result =>
        {
            using GalleryFile gallery = GalleryFile.OpenToRead(GalleryWork.Told(result).GalleryFile);
            Table table = new Table().Border(TableBorder.Simple).AddColumns("name", "may enter", "hours", "valid", "pictures", "badges", "since");
            foreach (PersonEntry person in gallery.People)
                table.AddRow(Markup.Escape(person.Name), person.IsEnabled ? "yes" : "disabled", Markup.Escape(person.Schedule), person.Validity, $"{person.Pictures}", $"{person.Badges.Count}", person.Added);
            AnsiConsole.Write(table);
            Console.WriteLine($"{gallery.People.Count} enrolled, encoder {gallery.Encoder?.Name ?? "not chosen yet"}");
            return 0;
        });
        return command;
    }
}
