using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Setup;

/// <summary>Prepares the doctor's checks and shows their progress.</summary>
internal static class DoctorRunner
{
    /// <summary>Creates the context of the checks. Settings that cannot be read are a finding and do not end the doctor.</summary>
    public static async Task<DoctorContext> OpenAsync(ParseResult result, int? listen, string? picture, bool movesRelay,
        CancellationToken stopping)
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
        (DoorStatus? running, string? why) = await RunningDoor.StatusAsync(places, stopping);
        return new DoctorContext
        {
            Places = places,
            Settings = settings,
            SettingsRefusal = refusal,
            SettingsFile = CommonOptions.SettingsFileOf(result),
            Request = new DoctorRequest(listen is { } seconds ? TimeSpan.FromSeconds(seconds)
                : null, picture ?? Path.Combine(places.Data, "doctor.jpg"), movesRelay),
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

    /// <summary>Shows which check is running: on a terminal in one line that changes, elsewhere not at all.</summary>
    public static async Task<IReadOnlyList<CheckResult>> WithProgressAsync(Func<Action<string>, Task<IReadOnlyList<CheckResult>>> work)
    {
        try
        {
            return await work(name =>
            {
                if (Console.IsErrorRedirected)
                    return;
                ClearLine();
                Console.Error.Write($"checking: {name} ...");
            });
        }
        finally
        {
            ClearLine();
        }
    }

    /// <summary>Clears the progress line, which exists only on a terminal.</summary>
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
        Console.Error.Write($"{warning}\nType 'yes' to continue: ");
        return Console.ReadLine()?.Trim() == "yes";
    }
}
