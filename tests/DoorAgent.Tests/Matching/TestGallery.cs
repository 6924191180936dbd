using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Matching;

/// <summary>Makes galleries of made encodings.</summary>
internal static class TestGallery
{
    /// <summary>Makes one person (ids from 1) for each list of angles.</summary>
    public static Gallery Of(params double[][] people) =>
        Of([.. people.Select(angles => angles.Select(MadeEncodings.At).ToArray())], MadeEncodings.Dimension);

    public static Gallery Of(FaceEncoding[][] encodings, int dimension)
    {
        int first = 0;
        List<Person> people = [];
        foreach (FaceEncoding[] own in encodings)
        {
            people.Add(new Person(people.Count + 1, $"person {people.Count + 1}", true, false, "always", first, own.Length));
            first += own.Length;
        }

        float[] vectors = [.. encodings.SelectMany(own => own.SelectMany(one => one.Vector.ToArray()))];
        return new Gallery(1, "made", dimension, [.. people], new Dictionary<string, BadgeOwner>(), vectors);
    }

    /// <summary>The same people, of whom pairs are separated.</summary>
    public static Gallery Separated(this Gallery made, params SeparatedPair[] pairs) => new(made.Revision, made.Encoder, made.Dimension,
        made.People, new Dictionary<string, BadgeOwner>(), made.Vectors.ToArray()) { Separated = [.. pairs] };

    /// <summary>The same people and vectors, named as a gallery of another rule.</summary>
    public static Gallery Under(this Gallery made, ComparisonRule rule, EncodingCentre? centre = null) => new(
        made.Revision, made.Encoder, made.Dimension, made.People, new Dictionary<string, BadgeOwner>(), made.Vectors.ToArray())
    {
        Rule = rule,
        Centre = centre,
    };

    /// <summary>The same people, encodings and ids, with names.</summary>
    public static Gallery Named(this Gallery made, IReadOnlyList<string> names) => new(made.Revision, made.Encoder, made.Dimension,
        [.. made.People.Select((person, i) => person with { Name = names[i] })],
        new Dictionary<string, BadgeOwner>(), made.Vectors.ToArray());
}
