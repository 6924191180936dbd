namespace DoorAgent.Operating;

/// <summary>What the page shows and changes beyond the door's own loops; the parts that stand right of this folder come as functions.</summary>
internal sealed record PageParts
{
    /// <summary>Every setting with its value and origin; secrets are not shown.</summary>
    public IReadOnlyList<ShownSetting> Settings { get; init; } = [];
}
