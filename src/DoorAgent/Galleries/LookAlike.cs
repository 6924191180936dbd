using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>The enrolled person whose pictures are nearest to a picture.</summary>
internal sealed record LookAlike(Person Person, float Distance)
{
    /// <summary>Returns the nearest other person; null when there is nobody.</summary>
    /// <param name="encoding">Encoding of the picture.</param>
    /// <param name="everybody">The gallery; null when nobody is enrolled.</param>
    /// <param name="self">Name of the person to leave out.</param>
    /// <param name="without">Ids of others to leave out; null for nobody.</param>
    public static LookAlike? Of(FaceEncoding encoding, Gallery? everybody, string self, IReadOnlySet<long>? without = null)
    {
        LookAlike? nearest = null;
        string key = PersonName.KeyOf(self);
        foreach (Person person in everybody?.People ?? [])
        {
            float distance = everybody!.DistanceTo(person, encoding);
            // Names are compared only for the few people who are nearer than all before, not for ten thousand.
            if (distance < (nearest?.Distance ?? float.PositiveInfinity) && without?.Contains(person.Id) != true
                && PersonName.KeyOf(person.Name) != key)
                nearest = new LookAlike(person, distance);
        }

        return nearest;
    }

    /// <summary>Returns all pairs of people with pictures that look alike, nearest first.</summary>
    /// <param name="everybody">The gallery.</param>
    /// <param name="below">Distance below which two pictures look alike.</param>
    /// <param name="compared">Receives how many people have been compared with all after them; may be null.</param>
    public static IReadOnlyList<(Person One, Person Other, float Distance)> Pairs(Gallery everybody, float below,
        IProgress<int>? compared = null)
    {
        List<(Person One, Person Other, float Distance)> pairs = [];
        for (int i = 0; i < everybody.People.Length; i++)
        {
            for (int j = i + 1; j < everybody.People.Length; j++)
            {
                Person other = everybody.People[j];
                float distance = everybody.DistanceBetween(everybody.People[i], other);
                if (distance < below)
                    pairs.Add((everybody.People[i], other, distance));
            }

            compared?.Report(i + 1);
        }

        return [.. pairs.OrderBy(pair => pair.Distance)];
    }
}
