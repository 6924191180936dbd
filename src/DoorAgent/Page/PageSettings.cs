using DoorAgent.Operating;

namespace DoorAgent.Page;

/// <summary>Every setting.</summary>
/// <param name="Settings">Ordered by key.</param>
internal sealed record PageSettings(IReadOnlyList<ShownSetting> Settings);
