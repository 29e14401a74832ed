import { Route, Routes } from "react-router-dom";

export function App() {
  return (
    <Routes>
      <Route path="/" element={<Layout />}>
        <Route index element={<Home />} />
        <Route path="teams" element={<Teams />}>
          <Route path=":teamId" element={<Team />} />
        </Route>
      </Route>
      <Route path="/login" Component={Login} />
      <Route path={paths.other} element={<Other />} />
      <Route exact path="/old" component={Old} />
    </Routes>
  );
}
