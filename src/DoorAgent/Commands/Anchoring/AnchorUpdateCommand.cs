using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Anchoring;

/// <summary>Creates dooragent anchor update, which root's unit runs.</summary>
internal static class AnchorUpdateCommand
{
    internal static Command Create()
    {
        Option<bool> acceptsJournal = new("--accept-journal")
        {
            Description = "Takes over a journal that is older than the anchored one, because it was set aside on purpose.",
        };
        Command command = new("update", """
            Copies the door's head into the anchor, which never goes backwards. The unit dooragent-anchor.service runs this as root.

            Exit code 1 when the door's gallery or journal is older than the anchored one: the anchor keeps the newer one, and the lines say
            what to do. An older gallery is accepted with 'dooragent people accept-older'.
            """) { acceptsJournal };
        command.SetAction(result =>
        {
            // Without the settings, so that a mistake in them does not hold the anchor up.
            Places places = Places.Resolve(result.GetValue(CommonOptions.Data), models: null);
            AnchorResult updated =
                AnchorUpdate.Run(places.HeadFile, AnchorOf(places), result.GetValue(acceptsJournal), TimeProvider.System.GetUtcNow());
            if (updated.Head is null)
                Console.WriteLine("The door has not written its head yet; it does so at its first start.");
            else if (updated.IsChanged)
                AnchorShowCommand.Show(updated.Head);
            else
                Console.WriteLine("Unchanged.");
            foreach (string alarm in updated.Alarms)
                Console.Error.WriteLine($"ALARM: {alarm}");
            return updated.Alarms.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Returns the anchor of a data directory.</summary>
    /// <exception cref="UserErrorException">The directory has none, or the package that makes its place is not installed.</exception>
    internal static Anchor AnchorOf(Places places) => Anchor.Of(places) switch
    {
        null => throw new UserErrorException($"The data directory {places.Data} has no anchor: only the system's has one, which root's unit "
            + "keeps. The journal alone says which gallery was used last."),
        { IsInstalled: false } absent => throw new UserErrorException($"The directory of the anchor {absent.Path} does not exist. The package "
            + "makes it: 'sudo dpkg-reconfigure dooragent'."),
        var anchor => anchor,
    };
}
