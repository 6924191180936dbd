using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Enrolment;

/// <summary>Opens the networks that a gallery needs.</summary>
internal static class GalleryPipeline
{
    /// <summary>The gallery's own encoder; for an empty gallery the one wanted, else the configured one (Encodings:Encoder).</summary>
    /// <exception cref="UserErrorException">The gallery has another encoder than the one wanted, or a network is missing, fails its proof, or is another file than the gallery's.</exception>
    public static FacePipeline Open(Places places, IConfiguration settings, GalleryFile gallery, string? wanted = null)
    {
        FaceOptions faces = OptionsRegistration.Bind<FaceOptions>(settings);
        EncodingOptions encodings = OptionsRegistration.Bind<EncodingOptions>(settings);
        if (wanted is not null)
            _ = Catalogue.Embedded.Find(wanted, ModelTask.Encoder);
        string? made = gallery.Encoder?.Name;
        if (wanted is not null && made is not null && made != wanted)
        {
            throw new UserErrorException($"The gallery {places.GalleryFile} was made with {made}, and encodings of two encoders cannot be compared. "
                + $"Try {wanted} on a gallery of its own: 'dooragent people add NAME --images DIR --encoder {wanted} --data ANOTHER-DIR', then ask with the same --data.");
        }

        return FacePipelineFactory.Open(places, faces, made ?? wanted ?? encodings.Encoder);
    }
}
