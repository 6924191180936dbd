using System.CommandLine;
using DoorAgent.Galleries;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people rename.</summary>
internal static class PeopleRenameCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> to = new("NEW-NAME") { Description = "The name from now on." };
        Command command = new("rename", """
            Renames a person, who keeps pictures, badges, PIN, hours, lockouts and records.

            Earlier records keep the old name. A running daemon follows within a second.
            """) { name, to };
        command.SetAction(result =>
        {
            PersonName wanted = PersonName.Parse(result.GetRequiredValue(to));
            string before = result.GetRequiredValue(name);
            return GalleryChange.Run(result, gallery =>
            {
                before = gallery.Person(before).Name;
                gallery.Rename(before, wanted);
            }, () => $"{before} is now called {wanted.Text}.");
        });
        return command;
    }
}
