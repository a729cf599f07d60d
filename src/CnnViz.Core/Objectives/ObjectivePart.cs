namespace CnnViz.Objectives;

/// <summary>One of the objectives that another is put together from.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Picture">The one picture of the batch that it is for; null for all of them.</param>
internal readonly record struct ObjectivePart(Objective Objective, int? Picture = null);
