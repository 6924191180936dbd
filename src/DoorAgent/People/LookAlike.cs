using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.People;

/// <summary>The person enrolled whom a picture is most like.</summary>
internal sealed record LookAlike(Person Person, float Distance)
{
    /// <summary>The nearest of the others; null when there is nobody.</summary>
    /// <param name="encoding">The picture's.</param>
    /// <param name="everybody">The gallery; null when nobody is enrolled.</param>
    /// <param name="self">Whom not to compare with.</param>
    public static LookAlike? Of(FaceEncoding encoding, Gallery? everybody, string self)
    {
        LookAlike? nearest = null;
        string key = PersonName.KeyOf(self);
        foreach (Person person in everybody?.People ?? [])
        {
            float distance = everybody!.DistanceTo(person, encoding);
            // The name is asked of those few who are nearer than everybody before, not of ten thousand.
            if (distance < (nearest?.Distance ?? float.PositiveInfinity) && PersonName.KeyOf(person.Name) != key)
                nearest = new LookAlike(person, distance);
        }

        return nearest;
    }
}
