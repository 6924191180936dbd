namespace DoorAgent.Diagnostics.Setup;

/// <summary>Questions that belong together, and how to try what was answered.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Questions">In the order in which they are asked.</param>
internal sealed record SetupPart(string Title, params SetupQuestion[] Questions)
{
    /// <summary>What to show before the questions.</summary>
    public Func<SetupDraft, ISetupDevices, IEnumerable<string>> Shows { get; init; } = (_, _) => [];

    /// <summary>Tries the answers with the devices; null where there is nothing to try.</summary>
    public ILiveCheck? Check { get; init; }
}

/// <summary>Tries a part of the door with its device, while somebody stands there.</summary>
internal interface ILiveCheck
{
    /// <summary>Tries it.</summary>
    /// <returns>False when the questions of this part must be asked again.</returns>
    /// <exception cref="IOException">The device cannot be had.</exception>
    Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken);
}
