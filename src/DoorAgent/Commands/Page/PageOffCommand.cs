using System.CommandLine;

namespace DoorAgent.Commands.Page;

/// <summary>Creates dooragent page off.</summary>
internal static class PageOffCommand
{
    internal static Command Create()
    {
        Command off = new("off", "Closes the page: its address no longer answers, also after a restart of the machine.");
        off.SetAction(async (_, stopping) =>
        {
            if (!PageUnit.IsInstalled)
                throw new UserErrorException("There is no unit dooragent-page here, so the page is not open. A 'dooragent page serve' ends "
                    + "with Ctrl-C.");
            await PageUnit.StopAsync(stopping);
            Console.WriteLine("The page is closed.");
            return 0;
        });
        return off;
    }
}
