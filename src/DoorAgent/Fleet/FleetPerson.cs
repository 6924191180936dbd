namespace DoorAgent.Fleet;

/// <summary>A person as the fleet brings them to the doors of one group: everything that a door needs to decide, and nothing else. A PIN,
/// a picture, a crop and a distance never travel.</summary>
/// <param name="Id">The person's random id in the fleet, the same in every group: see <see cref="FleetIds"/>.</param>
/// <param name="Name">Name of the person, 1 to 64 characters.</param>
internal sealed record FleetPerson(string Id, string Name)
{
    /// <summary>Whether the person may enter.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether the door stays unlocked longer for the person.</summary>
    public bool IsExtended { get; init; }

    /// <summary>First date on which the person may enter, such as <c>2027-01-31</c> or <c>2027-01-31 08:00</c>, in the door's local time;
    /// null without a limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last date on which the person may enter; null without a limit.</summary>
    public string? ValidUntil { get; init; }

    /// <summary>Name of one of the group's schedules; null for always.</summary>
    public string? Schedule { get; init; }

    /// <summary>Whether the person may enter during a lockdown.</summary>
    public bool IsForLockdown { get; init; }

    /// <summary>Whether the person enters only together with a second person.</summary>
    public bool NeedsSecondPerson { get; init; }

    /// <summary>Whether the person is a visitor, who enters only after one of the hosts.</summary>
    public bool IsEscorted { get; init; }

    /// <summary>Ids of a visitor's hosts. A host who is not in the group cannot bring the visitor in.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The person's active badges, in the text form of a badge, such as <c>H10301:9:99</c>.</summary>
    public IReadOnlyList<string> Badges { get; init; } = [];

    /// <summary>The date and note of the person's consent; null where none is recorded.</summary>
    public FleetConsent? Consent { get; init; }

    /// <summary>What made the encodings; null without any.</summary>
    public FleetEncoder? Encoder { get; init; }

    /// <summary>The person's encodings, at most <see cref="MostEncodings"/>.</summary>
    public IReadOnlyList<FleetEncoding> Encodings { get; init; } = [];

    /// <summary>The largest number of encodings of a person: with 384 values each they fit into a value of the hub.</summary>
    public const int MostEncodings = 10;
}

/// <summary>Who agreed to be enrolled, and when.</summary>
/// <param name="Date">The date, as yyyy-MM-dd.</param>
/// <param name="Note">Where the consent is kept.</param>
internal sealed record FleetConsent(string Date, string Note);

/// <summary>What made a person's encodings. A door whose gallery has another encoder refuses the person.</summary>
/// <param name="Name">Catalogue id of the encoder.</param>
/// <param name="Digest">SHA-256 of the encoder's file, lower-case hexadecimal.</param>
/// <param name="Alignment">Version of the alignment.</param>
/// <param name="Dimension">Number of values in an encoding.</param>
/// <param name="Rule">Name of the rule of comparison for which the encodings were made.</param>
internal sealed record FleetEncoder(string Name, string Digest, int Alignment, int Dimension, string Rule);

/// <summary>One encoding of a person.</summary>
/// <param name="Picture">SHA-256 of the picture file, 32 bytes.</param>
/// <param name="Quality">0 to 1, higher is better.</param>
/// <param name="Values">The unit vector.</param>
internal sealed record FleetEncoding(byte[] Picture, float Quality, float[] Values);
