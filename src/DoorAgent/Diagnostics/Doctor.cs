using DoorAgent.Diagnostics.Checks;
using DoorAgent.Networks;

namespace DoorAgent.Diagnostics;

/// <summary>Looks at everything that a door needs, one check after the other.</summary>
internal static class Doctor
{
    /// <summary>What is looked at, in this order: what others build on comes first. Here a new check is added.</summary>
    public static IReadOnlyList<ICheck> Checks { get; } =
    [
        new LibrariesCheck(),
        new ConfigurationCheck(),
        new ModelsCheck(),
        new GalleryCheck(),
        new JournalCheck(),
        new RunningCheck(),
        new CameraCheck(),
        new LinesCheck(),
        new ReaderCheck(),
        new RelayCheck(),
        new ClockCheck(),
        new DiskCheck(),
        new PermissionsCheck(),
        new WatchdogCheck(),
        new BoardCheck(),
    ];

    /// <summary>Runs checks; one that cannot go on is a finding, and the others are run.</summary>
    /// <param name="checks">Which.</param>
    /// <param name="door">What they look at.</param>
    /// <param name="looking">Is told the name of each before it begins.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(
        IReadOnlyList<ICheck> checks, DoctorContext door, Action<string> looking, CancellationToken cancellationToken)
    {
        List<CheckResult> results = [];
        foreach (ICheck check in checks)
        {
            looking(check.Name);
            Findings findings = new();
            await LookAsync(check, door, findings, cancellationToken);
            results.Add(new CheckResult(check.Name, findings.All));
        }

        return results;
    }

    private static async Task LookAsync(ICheck check, DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await check.LookAsync(door, findings, cancellationToken);
        }
        catch (CheckSkippedException why)
        {
            findings.Warn($"not looked at: {why.Message}", "Fix that first, then run 'dooragent doctor' again.");
        }
        catch (Exception refusal) when (refusal is UserErrorException or NetworkFaultException)
        {
            findings.Refuse(refusal.Message);
        }
        catch (UnauthorizedAccessException denied)
        {
            findings.Warn($"not looked at: {denied.Message}", "Run it as root: 'sudo dooragent doctor'.");
        }
        catch (IOException failure)
        {
            findings.Refuse(failure.Message);
        }
        catch (Exception library) when (NativeLibraries.Problem(library) is not null)
        {
            findings.Refuse(NativeLibraries.Problem(library)!);
        }
    }
}
