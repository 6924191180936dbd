using System.CommandLine;
using DoorAgent.Commands.Key;
using System.Runtime.InteropServices;
using DoorAgent.Diagnostics.Setup;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent setup, which configures, tries and starts a door.</summary>
internal static class SetupCommand
{
    private static readonly Option<bool> Yes = new("--yes") { Description = "Asks nothing and tries nothing: unanswered questions keep "
        + "their defaults. Those without a default (--kind, --contact) must be given." };

    private static readonly Option<bool> NoStart = new("--no-start") { Description = "Leaves the systemd unit unchanged." };

    internal static Command Create()
    {
        Command command = new("setup", """
            Asks for lines, reader, camera and mode, tries each of them, writes the configuration and starts the door.

            An option answers its question, which is then not asked; --yes asks nothing at all. --set writes other settings too.
            Everything is checked before the file (--config, else /etc/dooragent/dooragent.json) is written; the old file is kept
            as .bak. As root, with the package's unit, setup then makes the door's key where there is none ('dooragent key'),
            starts the door and enables it for every start of the machine.
            """) { Yes, NoStart };
        Dictionary<string, Option<string?>> answers = SetupParts.Questions.ToDictionary(question => question.Option, OptionOf);
        foreach (Option<string?> option in answers.Values)
            command.Add(option);
        command.SetAction((result, stopping) => RunAsync(result, answers, stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Dictionary<string, Option<string?>> answers, CancellationToken stopping)
    {
        string path = Path.GetFullPath(result.GetValue(CommonOptions.Config) ?? SettingsFile.SystemFile);
        SetupDraft draft = SetupDraft.Open(path, result.GetValue(CommonOptions.Set) ?? []);
        Dictionary<string, string> given = answers.Where(answer => result.GetResult(answer.Value) is { Implicit: false })
            .ToDictionary(answer => answer.Key, answer => result.GetValue(answer.Value) ?? "yes");
        HostDevices devices = new(Places.Resolve(result.GetValue(CommonOptions.Data), result.GetValue(CommonOptions.Models)));
        SetupRun run = new(path, draft, given, devices, new ConsoleTerminal(Console.In, Console.Out));
        DoorUnit unit = DoorUnit.OfMachine(path);
        if (result.GetValue(Yes) || Console.IsInputRedirected)
            run.ApplyOptions(result.GetValue(Yes));
        else
            await AskAsync(run, unit, stopping);
        Places places = CommonOptions.PlacesOf(result);
        if (unit.IsOurs)
            KeyCreateCommand.Run(places, KeyPlaces.Of(places.Data), Console.WriteLine);
        run.Finish(unit, starts: !result.GetValue(NoStart));
        return 0;
    }

    /// <summary>Asks until the end, Ctrl-C or a lost connection: a door that was stopped for the trials must be started again.</summary>
    private static async Task AskAsync(SetupRun run, DoorUnit unit, CancellationToken stopping)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using PosixSignalRegistration lost = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            end.Cancel();
        });
        await run.AskAsync(unit, end.Token);
    }

    private static Option<string?> OptionOf(SetupQuestion question) => new(question.Option)
    {
        Description = $"{question.Text}.",
        Arity = question.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };
}
