namespace DoorAgent.Page;

/// <summary>A request that the page answers with a refusal.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="why">Why, and what to do.</param>
internal sealed class PageRefusedException(int status, string why) : Exception(why)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}

/// <summary>A refusal as the page sends it.</summary>
/// <param name="Refusal">Why, and what to do.</param>
internal sealed record PageRefusal(string Refusal);
