using System.CommandLine;
using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Anchoring;

/// <summary>Creates dooragent anchor show.</summary>
internal static class AnchorShowCommand
{
    internal static Command Create()
    {
        Command command = new("show", "Shows what the anchor has. Any user may read it. Exit code 1 when there is nothing yet.");
        command.SetAction(result =>
        {
            Anchor anchor = AnchorUpdateCommand.AnchorOf(Places.Resolve(result.GetValue(CommonOptions.Data), models: null));
            if (anchor.Read() is not { } head)
            {
                Console.WriteLine($"The anchor {anchor.Path} has nothing yet: the door writes its head at its first start.");
                return 1;
            }

            Show(head);
            return 0;
        });
        return command;
    }

    internal static void Show(DoorHead head)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"anchored: {head.Time:yyyy-MM-dd HH:mm:ss} UTC"));
        Console.WriteLine(head.Gallery is { } gallery
            ? string.Create(CultureInfo.InvariantCulture,
                $"gallery:  revision {gallery.Revision}, {(gallery.IsSealed ? $"sealed with the key {gallery.KeyId}" : "not sealed")}")
            : "gallery:  none was in use yet");
        Console.WriteLine(head.Journal is { } journal
            ? string.Create(CultureInfo.InvariantCulture,
                $"journal:  record {journal.Sequence}{(journal.Mac is { } mac ? $", mac {mac[..16]}..." : "")}")
            : "journal:  not chained yet: the door has no key");
    }
}
