using System.CommandLine;
using DoorAgent.People;
using Spectre.Console;

namespace DoorAgent.Commands;

/// <summary>dooragent people list.</summary>
internal static class PeopleListCommand
{
    internal static Command Create()
    {
        Option<string?> find = new("--find") { Description = "Only those whose name contains this, in any case." };
        Command command = new("list", "Lists who is enrolled, with the hours, dates and the number of their pictures and badges.") { find };
        command.SetAction(result =>
        {
            using GalleryFile gallery = GalleryFile.OpenToRead(GalleryWork.Told(result).GalleryFile);
            Table table = new Table().Border(TableBorder.Simple).AddColumns("name", "may enter", "hours", "valid", "pictures", "badges", "since");
            IReadOnlyList<PersonEntry> people = gallery.People;
            string part = PersonName.KeyOf(result.GetValue(find) ?? "");
            PersonEntry[] shown = [.. people.Where(person => PersonName.KeyOf(person.Name).Contains(part, StringComparison.Ordinal))];
            foreach (PersonEntry person in shown)
            {
                table.AddRow(Markup.Escape(person.Name), person.IsEnabled ? "yes" : "disabled", Markup.Escape(person.Schedule), person.Validity,
                    $"{person.Pictures}", $"{person.Badges.Count}", Markup.Escape(person.Added));
            }

            AnsiConsole.Write(table);
            Console.WriteLine($"{(shown.Length < people.Count ? $"{shown.Length} of " : "")}{people.Count} enrolled, encoder {gallery.Encoder?.Name ?? "not chosen yet"}");
            return 0;
        });
        return command;
    }
}
