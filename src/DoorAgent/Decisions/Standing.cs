using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Decisions;

/// <summary>One thing that keeps somebody out.</summary>
/// <param name="Reason">Why, in the word of the log.</param>
/// <param name="Words">The same in a few words.</param>
/// <param name="Ends">When it passes by itself; null when somebody must change something.</param>
internal readonly record struct Obstacle(DenyReason Reason, string Words, DateTimeOffset? Ends = null);

/// <summary>Whether somebody may enter at one moment, with all that keeps them out.</summary>
/// <param name="Obstacles">What keeps them out; empty when they may enter.</param>
internal sealed record Standing(ImmutableArray<Obstacle> Obstacles)
{
    public bool MayEnter => Obstacles.IsEmpty;

    /// <summary>When they may enter next, at the door's offset; null when they may now, or not before somebody changes something.</summary>
    public DateTimeOffset? Next => MayEnter || Obstacles.Any(obstacle => obstacle.Ends is null) ? null : Obstacles.Max(obstacle => obstacle.Ends);
}
