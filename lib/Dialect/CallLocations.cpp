//===- CallLocations.cpp - How the code at a location is reached ----------===//
#include "adgen/Dialect/CallLocations.h"

using namespace mlir;
using namespace adgen;

/// `loc` without its statement.
static Location withoutStatement(Location loc) {
  if (auto fused = dyn_cast<FusedLoc>(loc);
      fused && !fused.getLocations().empty())
    return fused.getLocations().front();
  return loc;
}

/// `place`, by itself or followed by calls, as one in `function` that is
/// followed by `calls`, if there are any.
static Location extend(Location place, StringAttr function,
                       LocationAttr calls) {
  if (auto site = dyn_cast<CallSiteLoc>(place))
    return CallSiteLoc::get(site.getCallee(),
                            extend(site.getCaller(), function, calls));
  Location named = isa<NameLoc>(place) ? place : NameLoc::get(function, place);
  return calls ? Location(CallSiteLoc::get(named, Location(calls))) : named;
}

Location adgen::placeIn(StringAttr name, Location loc) {
  return extend(withoutStatement(loc), name, {});
}

Location adgen::reachedFrom(Location loc, StringAttr callee, Location call) {
  Location place = withoutStatement(loc);
  if (isa<UnknownLoc>(place))
    return loc;
  Location extended = extend(place, callee, call);
  auto fused = dyn_cast<FusedLoc>(loc);
  return fused
             ? FusedLoc::get(loc.getContext(), {extended}, fused.getMetadata())
             : extended;
}

StringAttr adgen::functionNameOf(Location function) {
  auto site = dyn_cast<CallSiteLoc>(function);
  auto named = dyn_cast<NameLoc>(site ? site.getCallee() : function);
  return named ? named.getName() : StringAttr::get(function.getContext());
}

LocationAttr adgen::callersOf(Location function) {
  auto site = dyn_cast<CallSiteLoc>(function);
  return site ? LocationAttr(site.getCaller()) : LocationAttr();
}

SmallVector<CallOnTheWay> adgen::findCalls(Location loc) {
  SmallVector<CallOnTheWay> calls;
  Location place = withoutStatement(loc);
  while (auto site = dyn_cast<CallSiteLoc>(place)) {
    Location caller = site.getCaller();
    auto next = dyn_cast<CallSiteLoc>(caller);
    auto to = dyn_cast<NameLoc>(site.getCallee());
    auto from = dyn_cast<NameLoc>(next ? next.getCallee() : caller);
    auto where = from ? dyn_cast<FileLineColLoc>(from.getChildLoc()) : nullptr;
    if (to && where)
      calls.push_back(
          {to.getName().getValue(), from.getName().getValue(), where});
    place = caller;
  }
  return calls;
}
