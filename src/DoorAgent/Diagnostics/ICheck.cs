namespace DoorAgent.Diagnostics;

/// <summary>One thing that the doctor looks at. A new one stands in a file of its own and in <see cref="Doctor.Checks"/>.</summary>
internal interface ICheck
{
    /// <summary>One or two words.</summary>
    string Name { get; }

    /// <summary>
    /// Looks, and takes down what it finds: each line with the next step, where there is one. It leaves everything as it was.
    /// What it throws of <see cref="UserErrorException"/>, of I/O, or for want of a setting, the doctor takes down.
    /// </summary>
    Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken);
}

/// <summary>A check cannot look, since something that another check reports is wrong.</summary>
internal sealed class CheckSkippedException(string why) : Exception(why);
