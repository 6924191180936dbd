namespace DoorAgent.Diagnostics;

/// <summary>One check of the doctor. A new check is a file in Checks and an entry in <see cref="Doctor.Checks"/>.</summary>
internal interface ICheck
{
    /// <summary>Name of the check, one to three words.</summary>
    string Name { get; }

    /// <summary>
    /// Examines the door without changing anything, and adds each finding with the next step, where there is one. The doctor turns a
    /// thrown <see cref="UserErrorException"/>, I/O failure or <see cref="CheckSkippedException"/> into a finding.
    /// </summary>
    Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken);
}

/// <summary>Ends a check that depends on something whose fault another check reports.</summary>
internal sealed class CheckSkippedException(string why) : Exception(why);
