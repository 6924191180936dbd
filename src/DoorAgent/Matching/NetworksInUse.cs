using DoorAgent.Encodings;

namespace DoorAgent.Matching;

/// <summary>Networks that have proven themselves, with the distances that their calibration gives; exchanged together.</summary>
internal sealed record LoadedNetworks(FacePipeline Pipeline, Thresholds Thresholds);
