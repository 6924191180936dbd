namespace DoorAgent.Diagnostics.Setup;

/// <summary>Questions that belong together, and how to try the answers.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Questions">The questions, in order.</param>
internal sealed record SetupPart(string Title, params SetupQuestion[] Questions)
{
    /// <summary>Returns the lines to show before the questions.</summary>
    public Func<SetupDraft, ISetupDevices, IEnumerable<string>> Shows { get; init; } = (_, _) => [];

    /// <summary>The check that tries the answers with the devices; null where there is nothing to try.</summary>
    public ILiveCheck? Check { get; init; }
}

/// <summary>Tries a part of the door with its device, together with the person at the door.</summary>
internal interface ILiveCheck
{
    /// <summary>Tries the answers.</summary>
    /// <returns>False when the questions of this part must be asked again.</returns>
    /// <exception cref="IOException">The device cannot be opened.</exception>
    Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken);
}
