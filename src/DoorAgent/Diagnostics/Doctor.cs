using DoorAgent.Diagnostics.Checks;
using DoorAgent.Networks;

namespace DoorAgent.Diagnostics;

/// <summary>Checks everything that a door needs, one check after the other.</summary>
internal static class Doctor
{
    /// <summary>All checks in their order: a check that others depend on comes first. Add a new check here.</summary>
    public static IReadOnlyList<ICheck> Checks { get; } =
    [
        new LibrariesCheck(),
        new InstallationCheck(),
        new ConfigurationCheck(),
        new ModelsCheck(),
        new SpoofingCheck(),
        new KeyCheck(),
        new GalleryCheck(),
        new JournalCheck(),
        new AnchorCheck(),
        new RunningCheck(),
        new LinkCheck(),
        new FleetCheck(),
        new CameraCheck(),
        new LinesCheck(),
        new ReaderCheck(),
        new ExitReaderCheck(),
        new DisplayCheck(),
        new RelayCheck(),
        new ClockCheck(),
        new DiskCheck(),
        new PermissionsCheck(),
        new WatchdogCheck(),
        new BoardCheck(),
    ];

    /// <summary>Runs checks; a check that cannot continue is a finding, and the other checks still run.</summary>
    /// <param name="checks">The checks to run.</param>
    /// <param name="door">The door that the checks examine.</param>
    /// <param name="starting">Receives the name of each check before it begins.</param>
    /// <param name="cancellationToken">Cancels the checks.</param>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(
        IReadOnlyList<ICheck> checks, DoctorContext door, Action<string> starting, CancellationToken cancellationToken)
    {
        List<CheckResult> results = [];
        foreach (ICheck check in checks)
        {
            starting(check.Name);
            Findings findings = new();
            await RunAsync(check, door, findings, cancellationToken);
            results.Add(new CheckResult(check.Name, findings.All));
        }

        return results;
    }

    private static async Task RunAsync(ICheck check, DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await check.RunAsync(door, findings, cancellationToken);
        }
        catch (CheckSkippedException why)
        {
            findings.Warn($"skipped: {why.Message}", "Fix that first, then run 'dooragent doctor' again.");
        }
        catch (Exception refusal) when (refusal is UserErrorException or NetworkFaultException)
        {
            findings.Refuse(refusal.Message);
        }
        catch (UnauthorizedAccessException denied)
        {
            findings.Warn($"skipped: {denied.Message}", "Run the doctor as root: 'sudo dooragent doctor'.");
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
