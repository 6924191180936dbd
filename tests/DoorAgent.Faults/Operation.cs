namespace DoorAgent.Faults;

/// <summary>Something that the program does while it is killed.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Prepare">Makes the state in which each try begins; the folder is empty.</param>
/// <param name="Arguments">The command.</param>
/// <param name="Done">What the command says when the change is stored.</param>
internal sealed record Operation(string Name, Action<FaultBench> Prepare, Func<FaultBench, string[]> Arguments, string? Done)
{
    /// <summary>What happens at the door of a running daemon, until it is told to end; null for a command that ends by itself.</summary>
    public Action<FaultBench, DoorProgram>? Traffic { get; init; }

    /// <summary>Whether the operation may leave the gallery as it was, or with the new content; else the gallery stays as it is.</summary>
    public bool ChangesGallery { get; init; }

    /// <summary>Whether the command finishes its work when it is given again after a kill.</summary>
    public bool MustGoOn { get; init; }

    /// <summary>What this machine lacks for the operation; null when nothing is missing.</summary>
    public Func<string?> Missing { get; init; } = () => null;
}
