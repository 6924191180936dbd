using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.People;
using DoorAgent.Settings;

namespace DoorAgent.Simulation;

/// <summary>Makes the gallery of a scenario from its pictures, by the same enrolment as everybody's.</summary>
internal static class SimulatedGallery
{
    /// <summary>Enrols everybody.</summary>
    /// <exception cref="UserErrorException">Somebody has no picture that can be used.</exception>
    public static void Make(Scenario scenario, PictureGlob globs, Places places, FaceReader reader, TimeProvider time)
    {
        using GalleryFile gallery = new(places.GalleryFile, time);
        Frame frame = new();
        foreach (Enrolment enrolment in scenario.Enrolments)
        {
            List<EnrolledPicture> pictures = [];
            foreach (string file in globs.Find(enrolment.Pictures))
            {
                byte[] bytes = PictureFile.ReadBytes(file);
                PictureFile.Decode(bytes, file, frame);
                FaceReading reading = reader.ReadPicture(frame, PictureUse.Enrol);
                if (reading.Encoding is not { } encoding)
                    throw new UserErrorException($"{enrolment.Name} cannot be enrolled from {file}: {reading.Problem}.");
                pictures.Add(new EnrolledPicture(System.Security.Cryptography.SHA256.HashData(bytes), reading.Quality, encoding));
            }

            gallery.AddPerson(PersonName.Parse(enrolment.Name), isExtended: false, enrolment.Badge, EncoderIdentity.Of(reader), pictures);
        }
    }
}
