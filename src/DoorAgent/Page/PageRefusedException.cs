using DoorAgent.Operating;

namespace DoorAgent.Page;

/// <summary>A request that the page answers with a refusal.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="why">Why, and what to do.</param>
/// <param name="problem">The reason as a word; null for a reason that the page's own words do not name.</param>
internal sealed class PageRefusedException(int status, string why, PageProblem? problem = null) : Exception(why)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    public PageProblem? Problem { get; } = problem;
}

/// <summary>A refusal as the page sends it.</summary>
/// <param name="Refusal">Why, and what to do, in English.</param>
/// <param name="Problem">The reason as a word, for which the page has words in every language.</param>
internal sealed record PageRefusal(string Refusal, PageProblem? Problem = null);
