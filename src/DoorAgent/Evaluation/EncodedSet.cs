namespace DoorAgent.Evaluation;

/// <summary>A picture in which no face was found, or which is no readable picture.</summary>
/// <param name="Name">Name of the picture in its set.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record FaceFailure(string Name, string Reason);

/// <summary>The encodings of a set of pictures, in one array, so that all pairs are compared quickly. The rows of one person are
/// neighbours.</summary>
internal sealed class EncodedSet
{
    private readonly int[] _endOfPerson;

    /// <param name="people">Names of the people; one without a row is allowed.</param>
    /// <param name="personOf">Index of the person of each row; does not decrease.</param>
    /// <param name="vectors">Unit vectors, one after the other; not copied.</param>
    /// <param name="dimension">Length of one vector.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or the rows of a person are not neighbours.</exception>
    public EncodedSet(IReadOnlyList<string> people, int[] personOf, float[] vectors, int dimension)
    {
        if (vectors.Length != personOf.Length * dimension)
            throw new ArgumentException($"{personOf.Length} rows of {dimension} numbers need another length than {vectors.Length}.");
        if (personOf.Zip(personOf.Skip(1)).Any(pair => pair.First > pair.Second))
            throw new ArgumentException("The rows of one person must be neighbours, in the order of the people.", nameof(personOf));
        (People, PersonOf, Vectors, Dimension) = (people, personOf, vectors, dimension);
        PictureOf = [.. Enumerable.Range(0, personOf.Length)];
        int[] counts = new int[people.Count];
        foreach (int person in personOf)
            counts[person]++;
        CountOf = counts;
        _endOfPerson = new int[people.Count];
        for (int person = 0, end = 0; person < counts.Length; person++)
            _endOfPerson[person] = end += counts[person];
    }

    public IReadOnlyList<string> People { get; }

    /// <summary>Index of the person of each row.</summary>
    public int[] PersonOf { get; }

    /// <summary>Number of rows of each person.</summary>
    public IReadOnlyList<int> CountOf { get; }

    /// <summary>All vectors, of unit length, in row-major order.</summary>
    public float[] Vectors { get; }

    public int Dimension { get; }

    public int Rows => PersonOf.Length;

    /// <summary>Index of each row's picture in <see cref="PictureSet.Pictures"/>.</summary>
    public IReadOnlyList<int> PictureOf { get; init; }

    /// <summary>Pictures without an encoding; they are counted in no rate of pairs.</summary>
    public IReadOnlyList<FaceFailure> Failures { get; init; } = [];

    /// <summary>Number of pairs of two rows of one person.</summary>
    public long MatedPairs => CountOf.Sum(count => (long)count * (count - 1) / 2);

    /// <summary>Number of pairs of rows of two people.</summary>
    public long NonMatedPairs => ((long)Rows * (Rows - 1) / 2) - MatedPairs;

    public ReadOnlySpan<float> Vector(int row) => Vectors.AsSpan(row * Dimension, Dimension);

    /// <summary>Returns the first row and the number of rows of a person.</summary>
    public (int First, int Count) RowsOf(int person) => (_endOfPerson[person] - CountOf[person], CountOf[person]);

    /// <summary>Returns the row after the last row of a row's person.</summary>
    public int EndOfPersonAt(int row) => _endOfPerson[PersonOf[row]];
}
