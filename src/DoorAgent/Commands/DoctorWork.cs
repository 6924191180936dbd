using System.CommandLine;
using DoorAgent.Diagnostics;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Settings;

namespace DoorAgent.Commands;

/// <summary>What the doctor's verb does before and around the looking.</summary>
internal static class DoctorWork
{
    private const string ClearLine = "\r\u001b[K";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gathers what is looked at. Settings that cannot be read are a finding, not the end.</summary>
    public static async Task<Examination> OpenAsync(ParseResult result, int? listen, string? picture, bool movesRelay, CancellationToken stopping)
    {
        IConfigurationRoot? settings = null;
        string? refusal = null, directory = null;
        try
        {
            settings = CommonOptions.SettingsOf(result);
            directory = OptionsRegistration.Bind<ModelOptions>(settings).Directory;
        }
        catch (UserErrorException wrong)
        {
            refusal = wrong.Message;
        }

        Places places = Places.Resolve(result.GetValue(CommonOptions.Data), result.GetValue(CommonOptions.Models) ?? directory);
        (DoorStatus? running, string? why) = await RunningAsync(places, stopping);
        return new Examination
        {
            Places = places,
            Settings = settings,
            SettingsRefusal = refusal,
            SettingsFile = result.GetValue(CommonOptions.Config) ?? (File.Exists(SettingsFile.SystemFile) ? SettingsFile.SystemFile : null),
            Request = new DoctorRequest(listen is { } seconds ? TimeSpan.FromSeconds(seconds) : null, picture ?? Path.Combine(places.Data, "doctor.jpg"), movesRelay),
            Machine = Machine.Here(TimeProvider.System),
            Time = TimeProvider.System,
            Running = running,
            RunningRefusal = why,
            Ask = (verb, cancellation) => OperatorClient.AskAsync(places, new OperatorRequest(verb), cancellation),
            Tell = line => Console.Error.WriteLine(Console.IsErrorRedirected ? line : ClearLine + line),
            Confirm = Confirm,
        };
    }

    /// <summary>Says which check is under way: on a terminal in one line that changes, elsewhere not at all.</summary>
    public static async Task<IReadOnlyList<CheckResult>> WithProgressAsync(Func<Action<string>, Task<IReadOnlyList<CheckResult>>> work)
    {
        bool isTerminal = !Console.IsErrorRedirected;
        try
        {
            return await work(name =>
            {
                if (isTerminal)
                    Console.Error.Write($"{ClearLine}looking at: {name} ...");
            });
        }
        finally
        {
            if (isTerminal)
                Console.Error.Write(ClearLine);
        }
    }

    private static async Task<(DoorStatus? Running, string? Why)> RunningAsync(Places places, CancellationToken stopping)
    {
        if (!File.Exists(places.OperatorSocket))
            return (null, null);
        using CancellationTokenSource patience = new(Patience, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            return ((await OperatorClient.AskAsync(places, new OperatorRequest(OperatorVerb.Status), either.Token)).Status, null);
        }
        catch (UserErrorException refusal)
        {
            return (null, refusal.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return (null, $"The door does not answer for {Patience.TotalSeconds:0} s. Its log says more ('journalctl -u dooragent'); start it anew: 'systemctl restart dooragent'.");
        }
    }

    private static bool? Confirm(string warning)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            return null;
        Console.Error.Write($"{ClearLine}{warning}\nType 'yes' to go on: ");
        return Console.ReadLine()?.Trim() == "yes";
    }
}
