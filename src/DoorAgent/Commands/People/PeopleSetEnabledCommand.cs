using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people enable and dooragent people disable.</summary>
internal static class PeopleSetEnabledCommand
{
    internal static Command CreateEnable() =>
        Create("enable", "Lets a disabled person in again. A running daemon follows within a second.", isEnabled: true);

    internal static Command CreateDisable() => Create(
        "disable", "Denies a person access and keeps all their data in the gallery. A running daemon follows within a second.",
            isEnabled: false);

    private static Command Create(string verb, string description, bool isEnabled)
    {
        Argument<string> name = PersonArguments.Name();
        Command command = new(verb, description) { name };
        command.SetAction((result, stopping) =>
        {
            string person = result.GetRequiredValue(name);
            GalleryChangeOrder order = new(isEnabled ? GalleryChangeKind.Enable : GalleryChangeKind.Disable, person);
            return GalleryChange.RunOrAskAsync(result, order, gallery => gallery.SetEnabled(person, isEnabled), $"{person} is {verb}d.", stopping);
        });
        return command;
    }
}
