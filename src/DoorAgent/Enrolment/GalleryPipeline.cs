using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Enrolment;

/// <summary>Opens the face pipeline with the encoder that a gallery needs.</summary>
internal static class GalleryPipeline
{
    /// <summary>Opens the gallery's own encoder; for an empty gallery the requested one, otherwise the configured one.</summary>
    /// <exception cref="UserErrorException">The gallery has another encoder than the requested one, or a network is missing, is another
    /// file, or fails its self-test.</exception>
    public static FacePipeline Open(
        Places places, FaceOptions faces, EncodingOptions encodings, GalleryFile gallery, string? requested = null)
    {
        if (requested is not null)
            _ = Catalogue.Of(places.ModelDirectories).Find(requested, ModelTask.Encoder);
        string? used = gallery.Encoder?.Id;
        if (requested is not null && used is not null && used != requested)
        {
            throw new UserErrorException($"The gallery {places.GalleryFile} was made with {used}, and encodings of two encoders cannot be "
                + $"compared. Try {requested} on a separate gallery: 'dooragent people add NAME --images DIR --encoder {requested} --data "
                + "ANOTHER-DIR', then ask with the same --data.");
        }

        return FacePipelineFactory.Open(places, faces, used ?? requested ?? encodings.Encoder);
    }

    /// <summary>Returns the gallery's rule of comparison, and for an empty gallery the best one for the networks.</summary>
    /// <exception cref="UserErrorException">A newer program wrote the rule.</exception>
    public static ComparisonRule RuleOf(GalleryFile gallery, FacePipeline pipeline, EncodingOptions encodings) =>
        gallery.Rule ?? pipeline.BestRule(encodings.FlipUse);
}
