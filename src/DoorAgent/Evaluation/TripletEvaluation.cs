namespace DoorAgent.Evaluation;

/// <summary>The triplets of a batch and their loss (Schroff et al. 2015, FaceNet), with squared distances.</summary>
/// <param name="Rows">Number of encodings in the batch.</param>
/// <param name="People">Number of people in the batch.</param>
/// <param name="Margin">The margin alpha.</param>
/// <param name="Triplets">Number of all triplets (anchor, positive, negative) of the batch.</param>
/// <param name="Violated">Share of all triplets with |a - p|^2 + alpha &gt; |a - n|^2, 0 to 1.</param>
/// <param name="MeanLoss">Mean loss of the triplets with the hard negative: for each anchor and positive, the nearest negative.</param>
/// <param name="HardViolated">Share of these triplets that are violated, 0 to 1.</param>
/// <param name="SemiHard">Number of pairs of anchor and positive with a semi-hard negative: a network still learns from them.</param>
internal sealed record TripletEvaluation(int Rows, int People, double Margin, long Triplets, double Violated, double MeanLoss,
    double HardViolated, int SemiHard);
