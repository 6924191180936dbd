namespace DoorAgent.Diagnostics.Setup;

/// <summary>Tries a part of the door with its device, while somebody stands there.</summary>
internal interface ILiveCheck
{
    /// <summary>Tries it.</summary>
    /// <returns>False when the questions of this part must be asked again.</returns>
    /// <exception cref="IOException">The device cannot be had.</exception>
    Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken);
}
