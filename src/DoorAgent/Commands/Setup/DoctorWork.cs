using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Diagnostics;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Setup;

/// <summary>What the doctor's verb does before and around the looking.</summary>
internal static class DoctorWork
{
    /// <summary>Gathers what is looked at. Settings that cannot be read are a finding, not the end.</summary>
    public static async Task<DoctorContext> OpenAsync(ParseResult result, int? listen, string? picture, bool movesRelay, CancellationToken stopping)
    {
        DoorSettings? settings = null;
        string? refusal = null, directory = null;
        try
        {
            settings = CommonOptions.SettingsOf(result);
            directory = settings.Models.Directory;
        }
        catch (UserErrorException wrong)
        {
            refusal = wrong.Message;
        }

        Places places = Places.Resolve(result.GetValue(CommonOptions.Data), result.GetValue(CommonOptions.Models) ?? directory);
        if (picture is not null)
            ProtectedFiles.EnsureNotOverwritten(picture, places, CommonOptions.SettingsFileOf(result));
        (DoorStatus? running, string? why) = await OperatorWork.RunningAsync(places, stopping);
        return new DoctorContext
        {
            Places = places,
            Settings = settings,
            SettingsRefusal = refusal,
            SettingsFile = CommonOptions.SettingsFileOf(result),
            Request = new DoctorRequest(listen is { } seconds ? TimeSpan.FromSeconds(seconds) : null, picture ?? Path.Combine(places.Data, "doctor.jpg"), movesRelay),
            Machine = Machine.Here(TimeProvider.System),
            Time = TimeProvider.System,
            Running = running,
            RunningRefusal = why,
            Ask = (verb, cancellation) => OperatorClient.AskAsync(places, new OperatorRequest(verb), cancellation),
            Tell = line =>
            {
                ClearLine();
                Console.Error.WriteLine(line);
            },
            Confirm = Confirm,
        };
    }

    /// <summary>Says which check is under way: on a terminal in one line that changes, elsewhere not at all.</summary>
    public static async Task<IReadOnlyList<CheckResult>> WithProgressAsync(Func<Action<string>, Task<IReadOnlyList<CheckResult>>> work)
    {
        try
        {
            return await work(name =>
            {
                if (Console.IsErrorRedirected)
                    return;
                ClearLine();
                Console.Error.Write($"looking at: {name} ...");
            });
        }
        finally
        {
            ClearLine();
        }
    }

    /// <summary>Takes what stands in the progress line away; elsewhere than on a terminal there is none.</summary>
    private static void ClearLine()
    {
        if (!Console.IsErrorRedirected)
            Terminal.ClearErrorLine();
    }

    private static bool? Confirm(string warning)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            return null;
        ClearLine();
        Console.Error.Write($"{warning}\nType 'yes' to go on: ");
        return Console.ReadLine()?.Trim() == "yes";
    }
}
